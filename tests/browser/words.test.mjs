// No words for people outside the language files: nothing in the page's elements but what t() gives.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const ts = createRequire(join(web, 'codegen/package.json'))('typescript');
const spoken = new Set([
  'aria-label',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'name',
  'text',
  'more',
  'lead',
  'action',
]);
// Names and signs that are the same in every language.
const allowed = new Set([
  'Carillon',
  'ALT',
  '+ ALT',
  '•••',
  'https://',
  'mastodon.example',
  '@yourchannel',
  'noreferrer',
  'person',
  '/setup#token=…',
  '99+',
  '+',
]);

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? sources(join(folder, e.name)) : e.name.endsWith('.tsx') ? [join(folder, e.name)] : [],
  );
}

function findings(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found = [];
  const check = (node, text) => {
    const words = text.trim();
    if (!/\p{L}{2,}/u.test(words) || allowed.has(words)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${relative(web, file)}:${line + 1}: ${words}`);
  };
  const visit = (node) => {
    if (ts.isJsxText(node)) check(node, node.text);
    if (
      ts.isJsxAttribute(node) &&
      spoken.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    )
      check(node, node.initializer.text);
    if (
      ts.isJsxExpression(node) &&
      node.expression &&
      ts.isStringLiteral(node.expression) &&
      ts.isJsxElement(node.parent)
    )
      check(node, node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('every word stands in a language file', () => {
  const files = sources(join(web, 'src'));
  assert.ok(files.length > 30);
  assert.deepEqual(files.flatMap(findings), []);
});

// axe-core over what a page shows, by day and by night: no rule of WCAG 2.2 AA may be broken.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const wordsOf = (violation) =>
  `${violation.id}: ${violation.help}\n${violation.nodes
    .slice(0, 4)
    .map((n) => `    ${n.target.join(' ')}\n    ${n.failureSummary.split('\n').slice(1, 3).join(' ')}`)
    .join('\n')}`;

export async function isClean(page, where) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.evaluate(axe);
    const found = await page.evaluate(
      (values) =>
        window.axe
          .run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
          .then((r) => r.violations),
      tags,
    );
    assert.equal(found.map(wordsOf).join('\n'), '', `${where}, ${scheme}`);
  }
}

// node web/embed.mjs OUTDIR: turns web/dist into OUTDIR/assets.S (the bytes, read-only, as they are, gzip and brotli)
// and OUTDIR/assets.cpp (the table that src/api/page.h promises). The same dist gives the same files, byte for byte.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const types = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
};
const packed = new Set(['png', 'webp', 'woff2']); // compressed by their nature
const hashed = /^\/assets\/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)])),
  );
  return lists.flat();
}

// A variant is kept only when it saves something; the server falls back to the plain bytes.
function variants(bytes, ending) {
  if (packed.has(ending)) return {};
  const gzip = gzipSync(bytes, { level: 9 });
  gzip[9] = 3; // the "system" byte differs between machines
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: 22,
    },
  });
  return {
    ...(gzip.length < bytes.length && { gzip }),
    ...(brotli.length < bytes.length && { brotli }),
  };
}

async function read(dist) {
  const names = (await files(dist)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = '/' + relative(dist, name).split('\\').join('/');
      const ending = path.slice(path.lastIndexOf('.') + 1);
      const plain = await readFile(name);
      if (!types[ending]) throw new Error(`${path}: no content type is known for .${ending}; add it to web/embed.mjs`);
      const hash = createHash('sha256').update(plain).digest('hex').slice(0, 32);
      return { path, type: types[ending], hash, hashed: hashed.test(path), plain, ...variants(plain, ending) };
    }),
  );
}

const kinds = ['plain', 'gzip', 'brotli'];

async function write(out, assets) {
  await rm(join(out, 'bytes'), { recursive: true, force: true });
  await mkdir(join(out, 'bytes'), { recursive: true });
  let assembly = '  .section .rodata\n';
  let declarations = '';
  let rows = '';
  for (const [i, asset] of assets.entries()) {
    const spans = [];
    for (const kind of kinds) {
      const bytes = asset[kind];
      if (!bytes || bytes.length === 0) {
        spans.push('{}');
        continue;
      }
      const name = `carillon_page_${i}_${kind}`;
      const file = join(out, 'bytes', `${i}.${kind}`);
      await writeFile(file, bytes);
      assembly += `  .global ${name}\n  .balign 16\n${name}:\n  .incbin ${JSON.stringify(file)}\n`;
      declarations += `extern "C" const std::byte ${name}[];\n`;
      spans.push(`{${name}, ${bytes.length}}`);
    }
    const words = [asset.path, asset.type, asset.hash].map((word) => JSON.stringify(word)).join(', ');
    rows += `      {${words}, ${asset.hashed}, ${spans.join(', ')}},\n`;
  }
  assembly += '  .section .note.GNU-stack,"",@progbits\n';
  const table = `// Made by web/embed.mjs.
#include "api/page.h"

#include <array>

${declarations}
namespace carillon::api {

std::span<const Asset> embedded_assets() {
  static const std::array<Asset, ${assets.length}> assets = {{
${rows}  }};
  return assets;
}

}  // namespace carillon::api
`;
  await writeFile(join(out, 'assets.S'), assembly);
  await writeFile(join(out, 'assets.cpp'), table);
}

// What a first visit loads: the page, its entry script with what that imports at once, styles, font.
function firstScreen(assets) {
  const index = assets.find((a) => a.path === '/index.html');
  const seen = new Set([index]);
  const text = index.plain.toString();
  for (const a of assets) if (text.includes(`"${a.path}"`)) seen.add(a);
  const queue = [...seen].filter((a) => a.path.endsWith('.js'));
  while (queue.length) {
    const code = queue.pop().plain.toString();
    for (const [, name] of code.matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)) {
      const next = assets.find((a) => a.path.endsWith('/' + name));
      if (next && !seen.has(next)) (seen.add(next), queue.push(next));
    }
  }
  for (const a of assets) if (/latin-wght-normal-[^/]+\.woff2$/.test(a.path) && !/-ext-/.test(a.path)) seen.add(a);
  return [...seen];
}

const out = resolve(process.argv[2] ?? '');
if (!process.argv[2]) throw new Error('usage: node web/embed.mjs OUTDIR');
const dist = fileURLToPath(new URL('dist/', import.meta.url));
const assets = await read(dist);
await write(out, assets);

const kb = (n) => `${(n / 1024).toFixed(1)} KB`;
const sum = (list, pick) => list.reduce((n, a) => n + pick(a).length, 0);
const first = firstScreen(assets);
const gzip = sum(first, (a) => a.gzip ?? a.plain);
const brotli = sum(first, (a) => a.brotli ?? a.plain);
const all = sum(assets, (a) => a.brotli ?? a.plain);
console.log(`page: ${assets.length} files, first screen ${kb(gzip)} gzip, ${kb(brotli)} brotli; all ${kb(all)} brotli`);
const budget = 250 * 1024;
if (gzip > budget) {
  console.error(`page: the first screen weighs ${kb(gzip)} gzip; at most ${kb(budget)} is allowed (web/embed.mjs)`);
  process.exit(1);
}

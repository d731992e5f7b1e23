// The page's types from the server's own description: src/api/openapi.json -> web/.cache/contract.d.ts.
// A package of its own because the generator wants TypeScript 5 and the page is checked with 7.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../src/api/openapi.json', import.meta.url);
const out = new URL('../.cache/contract.d.ts', import.meta.url);
const text = astToString(
  await openapiTS(JSON.parse(await readFile(contract, 'utf8')), {
    alphabetize: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  }),
);
await mkdir(new URL('.', out), { recursive: true });
const before = await readFile(out, 'utf8').catch(() => '');
if (before !== text) await writeFile(out, text);

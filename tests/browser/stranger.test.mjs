// A server that is not what it seems: the command line reads no file that the plan does not name.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const secret = 'the key of the house';
const hash = (text) => createHash('sha256').update(text).digest('hex');
let folder, server, heard;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-stranger-'));
  await mkdir(join(folder, 'plans'));
  await writeFile(join(folder, 'secret'), secret);
  await writeFile(join(folder, 'plans', 'door.txt'), 'a door');
  const files = [join(folder, 'secret'), '../secret', 'door.txt'].map((path) => ({ path, line: 1, media: null }));
  const counts = Object.fromEntries(
    ['added', 'changed', 'removed', 'drifted', 'foreign', 'wrong', 'settled', 'unchanged'].map((state) => [state, 0]),
  );
  server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      heard.push(Buffer.concat(parts).toString());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ applied: false, plan: 'spring', troubles: [], counts, files, steps: [] }));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
});
after(async () => {
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

const run = (...args) =>
  new Promise((done) => {
    heard = [];
    execFile(
      process.env.CARILLON ?? '../../build/dev/carillon',
      args,
      { env: { ...process.env, CARILLON_SERVER: `http://127.0.0.1:${server.address().port}`, CARILLON_KEY: 'crl_key' } },
      () => done(heard.join('\n')),
    );
  });

for (const command of ['plan', 'apply']) {
  test(`carillon ${command} sends the files of the plan, and no others`, async () => {
    const file = join(folder, 'plans', 'spring.yaml');
    await writeFile(file, 'plan: spring\nposts:\n  - {key: a, text: Hi, accounts: x, queue: next, media: door.txt}\n');
    const said = await run(command, file);
    assert.ok(said.includes(hash('a door')), said);
    assert.ok(!said.includes(secret) && !said.includes(hash(secret)), said);
  });
}

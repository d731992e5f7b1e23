// node bench/check.mjs [posts]: what a check of the composer costs beside many posts (100,000 unless told), against the
// program named by $CARILLON: one account, posts over 300 days, each check looks for clashes and for texts that are
// nearly the same. The texts are of one shop: many words in common, few whole sentences.
import assert from 'node:assert/strict';
import { connect, openBrowser, setUp, startServer } from '../tests/browser/world.mjs';

const posts = Number(process.argv[2] ?? 100_000);
const perTable = 10_000;
const day = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
const things = ['bread', 'tarts', 'coffee', 'rolls', 'cakes', 'soup', 'pies', 'juice', 'jam', 'honey'];
const words = ['fresh', 'warm', 'today', 'early', 'with plums', 'from nine', 'until noon', 'while it lasts', 'for two', 'to go'];
const sentence = (i) =>
  `${things[i % 10]} ${words[(i >> 2) % 10]}, ${things[(i >> 3) % 10]} ${words[(i * 7) % 10]} and ${things[(i * 3) % 10]}: number ${i}`;
const table = (from) =>
  'text,accounts,at\n' +
  Array.from({ length: perTable }, (_, k) => {
    const i = from + k;
    const minute = String(Math.floor(i / 3600) % 60).padStart(2, '0');
    return `"${sentence(i)}",x,${day(2 + (i % 300))} ${String(8 + (Math.floor(i / 300) % 12)).padStart(2, '0')}:${minute}`;
  }).join('\n');

const server = await startServer();
const browser = await openBrowser();
try {
  const page = await browser.open();
  await setUp(page, server);
  await connect(page, server, { id: 'x', label: 'X' });
  const send = (path, body) =>
    page.evaluate(
      async ([to, what]) => {
        const began = performance.now();
        const answer = await fetch(`/api/v1${to}`, {
          method: what ? 'POST' : 'GET',
          ...(what && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }),
        });
        return { ms: performance.now() - began, said: await answer.json() };
      },
      [path, body],
    );
  const account = (await send('/accounts')).said.items[0].id;
  for (let from = 0; from < posts; from += perTable) {
    const { said } = await send('/posts/import', { csv: table(from) });
    assert.equal(said.counts?.imported, perTable, JSON.stringify(said).slice(0, 300));
  }
  const check = (text, n) =>
    send('/posts/check', {
      content: { parts: [{ text }] },
      targets: [{ account }],
      at: { local: `${day(n)}T10:30`, zone: 'Europe/Berlin' },
    });
  const times = [];
  for (let i = 0; i < 60; i++) times.push((await check(`Something quite different about the garden, part ${i}.`, 20 + 4 * i)).ms);
  const twin = await check(`${sentence(41_018)}!`, 2 + (41_018 % 300));
  const found = twin.said.targets[0].findings.map((f) => f.id);
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.floor(times.length * share)].toFixed(1));
  console.log(JSON.stringify({ posts, in_two_weeks: Math.round((posts / 300) * 14), median_ms: at(0.5), p95_ms: at(0.95), twin_ms: Math.round(twin.ms), found }));
  assert.ok(found.includes('duplicate'), 'the same sentence is found');
} finally {
  await browser.close();
  await server.stop();
}

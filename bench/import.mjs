// node bench/import.mjs [rows]: bulk scheduling of a table (5,000 rows unless told), against the program named by
// $CARILLON: how long the dry run and the import take, and that the same file again makes no doubles. Some rows are
// wrong on purpose; a third fills free slots.
import assert from 'node:assert/strict';
import { connect, openBrowser, setUp, startServer } from '../tests/browser/world.mjs';

const rows = Number(process.argv[2] ?? 5000);
const day = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
let wrong = 0;
const lines = Array.from({ length: rows }, (_, i) => {
  if (i % 100 === 7) return (wrong++, `"Row ${i}",x,2026-02-31 09:30`);
  if (i % 3 === 0 && i < 2000) return `"Row ${i}: fresh cakes, and ""more""",x,next`;
  return `"Row ${i}: plum tart is back",x,${day(2 + (i % 300))} ${String(8 + (i % 12)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
});
const csv = `text,accounts,at\n${lines.join('\n')}\n`;

const server = await startServer();
const browser = await openBrowser();
try {
  const page = await browser.open();
  await setUp(page, server);
  await connect(page, server, { id: 'x', label: 'X' });
  const call = (dry_run) =>
    page.evaluate(
      async ([text, dry]) => {
        const began = performance.now();
        const answer = await fetch('/api/v1/posts/import', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ csv: text, dry_run: dry }),
        });
        const said = await answer.json();
        return { ms: Math.round(performance.now() - began), status: answer.status, counts: said.counts, detail: said.detail };
      },
      [csv, dry_run],
    );
  const looked = await call(true);
  const made = await call(false);
  const again = await call(false);
  console.log(JSON.stringify({ rows, wrong, looked, made, again }, null, 1));
  assert.equal(made.counts.wrong, wrong, 'every wrong row is told');
  assert.equal(again.counts.imported, 0, 'twice makes no doubles');
  assert.equal(again.counts.there, made.counts.imported);
} finally {
  await browser.close();
  await server.stop();
}

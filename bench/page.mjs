// The page under load: the figures that tests/browser/smooth.test.mjs holds, for the release build and larger numbers.
//
//   CARILLON=build/release/carillon node bench/page.mjs [--calendar 5000] [--list 100000]
import { at95, dragFrames, firstScreen, median, scrollList, spread } from '../tests/browser/measure.mjs';
import { call, fill, openBrowser, practice, setUp, startServer, wednesday } from '../tests/browser/world.mjs';

const option = (name, usual) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? usual : Number(process.argv[i + 1]);
};
const calendar = option('calendar', 5000);
const list = option('list', 100_000);
const say = (what, figure) => console.log(`${what.padEnd(64)} ${figure}`);
const ms = (n) => `${n.toFixed(1)} ms`;

const server = await startServer();
const browser = await openBrowser();
try {
  const page = await browser.open();
  await setUp(page, server);
  const accounts = (await practice(page, server)).slice(0, 3).map((a) => a.id);
  const day = wednesday();
  await fill(page, { n: calendar, text: 'Season', at: spread(day, calendar), accounts, state: 'draft' });

  const cold = await firstScreen(browser, server, '/', (p) => p.getByLabel('E-mail').waitFor());
  say('first screen, cold cache: bytes over the wire', `${Math.round(cold.bytes / 1024)} KB`);
  say('first screen, cold cache: until it can be used', `${cold.ms} ms`);

  for (const view of ['month', 'week']) {
    const began = Date.now();
    await page.goto(`${server.base}/calendar?on=${day}&view=${view}`);
    await page.locator('[data-post]').first().waitFor();
    say(`calendar, ${view}, ${calendar} posts in the span: until they are there`, `${Date.now() - began} ms`);
    const { work } = await dragFrames(page);
    say(`calendar, ${view}: work of a drag frame, median`, ms(median(work)));
    say(`calendar, ${view}: work of a drag frame, 95 %`, ms(at95(work)));
  }

  await fill(page, { n: list - calendar, text: 'Archive', at: spread('2027-03-01', list), accounts, state: 'draft' });
  const times = [];
  let cursor;
  let seen = 0;
  for (let pages = 0; pages < 200; pages++) {
    const began = performance.now();
    const next = await call(page, 'GET', `/posts?limit=200&order=newest${cursor ? `&cursor=${cursor}` : ''}`);
    times.push(performance.now() - began);
    seen += next.items.length;
    cursor = next.next;
    if (!cursor) break;
  }
  say(`list of ${list} posts: a page of 200 by cursor, median of ${times.length}`, ms(median(times)));
  say(`list of ${list} posts: the last of these pages (${seen} posts in)`, ms(times.at(-1)));
  await page.goto(`${server.base}/posts`);
  await page.locator('main li').first().waitFor();
  const most = await scrollList(page, 3000);
  say('list: rows that existed at once while 3,000 went by', String(most));
} finally {
  await browser.close();
  await server.stop();
}

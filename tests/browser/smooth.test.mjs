// The page stays light: first screen within its budget, thousands of posts without a stutter, long lists in pieces.
// bench/page prints the same figures for the release build and larger numbers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dragFrames, firstScreen, median, scrollList, spread } from './measure.mjs';
import { fill, openBrowser, practice, setUp, startServer, wednesday } from './world.mjs';

const posts = Number(process.env.POSTS ?? 5000);
const firstBudget = 235 * 1024;
const frameBudget = 16;

let server, browser, page;
const day = wednesday();
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  const accounts = (await practice(page, server)).slice(0, 2).map((a) => a.id);
  // Half of them planned, half drafts; drafts are moved as well.
  await fill(page, { n: posts, text: 'Season', at: spread(day, posts), accounts, state: 'draft' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the first screen is at most 235 KB', async () => {
  const { bytes, ms } = await firstScreen(browser, server, '/', (p) => p.getByLabel('E-mail').waitFor());
  console.log(`first screen: ${Math.round(bytes / 1024)} KB compressed, ${ms} ms`);
  assert.ok(bytes > 20_000, 'something was measured');
  assert.ok(bytes <= firstBudget, `${bytes} bytes`);
});

test(`a drag over ${posts} posts takes less than 16 ms of work in a frame, at the median`, async () => {
  for (const view of ['month', 'week']) {
    await page.goto(`${server.base}/calendar?on=${day}&view=${view}`);
    await page.locator('[data-post]').first().waitFor();
    const { work, over } = await dragFrames(page);
    console.log(`${view}: ${work.length} frames, ${median(work).toFixed(1)} ms at the median`);
    assert.equal(over, 1, 'it was really dragged');
    assert.ok(work.length > 30);
    assert.ok(median(work) < frameBudget, `${median(work)} ms`);
  }
});

test('a cell of a full month shows a few, whatever is in it', async () => {
  await page.goto(`${server.base}/calendar?on=${day}`);
  await page.locator('[data-post]').first().waitFor();
  const cards = await page.locator('[data-post]').count();
  assert.ok(cards <= 42 * 4, `${cards} cards`);
  await page.getByRole('button', { name: /^\+ \d+ more/ }).first().waitFor();
});

test('of a long list only what is near the screen exists', async () => {
  await page.goto(`${server.base}/posts`);
  await page.locator('main li').first().waitFor();
  const most = await scrollList(page, 600);
  assert.ok(most <= 260, `${most} rows existed at once`);
  await page.goto(`${server.base}/calendar?on=${day}&view=list`);
  await page.locator('main li').first().waitFor();
  const rows = await page.locator('main li').count();
  assert.ok(rows <= 260, `${rows} rows`);
});

test('no page had an error', () => assert.deepEqual(browser.trouble, []));

// The queue and bulk scheduling: slots are given, moved with the mouse and the keys, swapped; a table is looked at,
// mended and imported.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { call, compose, connect, openBrowser, setUp, startServer } from './world.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
  await connect(page, server, { id: 'x', label: 'X' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const clean = (where) => isClean(page, where);

const slots = () =>
  page.locator('li[data-slot]').evaluateAll((all) =>
    all.map((li) => ({ at: li.dataset.slot, text: li.querySelector('[data-post] a')?.textContent ?? '' })),
  );
const slotOf = async (text) => (await slots()).findIndex((s) => s.text === text);

async function addToQueue(text) {
  await compose(page, server, { text, only: ['x'] });
  await page.getByRole('button', { name: 'Other ways to publish' }).click();
  await page.getByRole('menuitem', { name: /^Add to queue/ }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
}

test('an account that was given none has the usual slots, all of them free', async () => {
  await page.goto(`${server.base}/queue`);
  await page.getByText(/These are the usual slots/).waitFor();
  const all = await slots();
  assert.ok(all.length >= 27 && all.length <= 30, `${all.length} slots in fourteen days`);
  assert.ok(all.every((s) => s.text === ''));
  await clean('queue, empty');
});

test('slots are edited for several days at once', async () => {
  await page.getByRole('button', { name: 'Edit slots' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Time').fill('23:40');
  await dialog.getByRole('combobox').selectOption('every');
  await dialog.getByRole('button', { name: 'Add a time' }).click();
  await dialog.getByRole('button', { name: /^Remove 23:40 on Sunday/ }).waitFor();
  await clean('slot editor');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('li[data-slot$="T23:40"]').first().waitFor();
});

test('the composer adds to the queue: the next free slot, then the one after it', async () => {
  await addToQueue('First in the queue');
  await addToQueue('Second in the queue');
  await page.goto(`${server.base}/queue`);
  await page.getByRole('link', { name: 'Second in the queue' }).waitFor();
  assert.equal(await slotOf('First in the queue'), 0);
  assert.equal(await slotOf('Second in the queue'), 1);
  await clean('queue');
});

test('the next best slot says why it is the best', async () => {
  await compose(page, server, { text: 'At the best time', only: ['x'] });
  await page.getByRole('button', { name: 'Other ways to publish' }).click();
  await page.getByRole('menuitem', { name: /Next best slot.*usual good hours/s }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
});

test('posts are moved by the menu and by the keys, and a move is taken back', async () => {
  await page.goto(`${server.base}/queue`);
  await page.getByRole('button', { name: 'Move “First in the queue”' }).click();
  await page.getByRole('menuitem', { name: 'To the next free slot' }).click();
  await page.getByText(/^Moved to/).waitFor();
  await page.waitForFunction(() => !document.querySelector('li[data-slot] [data-post] a')?.textContent.startsWith('First'));
  const moved = await slotOf('First in the queue');
  assert.ok(moved > 1, `it is in slot ${moved}`);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.waitForFunction(() => document.querySelector('li[data-slot] [data-post] a')?.textContent.startsWith('First'));
  // Alt and the arrow: it changes places with the one after it.
  await page.getByRole('link', { name: 'First in the queue' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByText('The two posts changed places.').waitFor();
  await page.waitForFunction(() => document.querySelector('li[data-slot] [data-post] a')?.textContent.startsWith('Second'));
});

test('posts are dragged to a free slot', async () => {
  const free = (await slots()).findIndex((s) => s.text === '');
  await page.locator('[data-post]', { hasText: 'Second in the queue' }).dragTo(page.locator('li[data-slot]').nth(free).getByRole('link'));
  await page.locator('li[data-slot]').nth(free).getByRole('link', { name: 'Second in the queue' }).waitFor();
});

test('a slot of a closed day says why while a post is over it, and after the keys put one there', async () => {
  const all = await slots();
  const from = all.findIndex((s) => s.text === 'Second in the queue');
  const to = all[from + 1];
  const shut = to.at.slice(0, 10);
  await call(page, 'POST', '/blackouts', { first: shut, last: shut, reason: 'Stocktaking' });
  await page.goto(`${server.base}/queue`);
  const target = page.locator(`li[data-slot="${to.at}"]`);
  await target.getByText('Closed: Stocktaking').waitFor();
  const post = page.locator('[data-post]', { hasText: 'Second in the queue' });
  await post.hover();
  await page.mouse.down();
  await target.hover();
  await target.hover(); // the first one begins the drag
  await page.waitForFunction(() => document.querySelector('li[data-over]')?.dataset.says === 'Closed: Stocktaking');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.getByRole('link', { name: 'Second in the queue' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  const told = page.getByRole('alert').filter({ hasText: 'Closed: Stocktaking' });
  await told.getByRole('button', { name: 'Undo' }).click();
  await page.locator(`li[data-slot="${all[from].at}"] [data-post]`, { hasText: 'Second in the queue' }).waitFor();
  const [rule] = (await call(page, 'GET', '/blackouts')).items;
  await call(page, 'DELETE', `/blackouts/${rule.id}`);
});

test('a queue is paused and resumed', async () => {
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
});

test('a table is looked at, mended in place and imported; twice makes no doubles', async () => {
  const year = new Date().getFullYear() + 1;
  const csv = `text,accounts,at\nA good row,x,${year}-03-01 09:30\nA wrong row,x,${year}-02-31 09:30\nNo time,x,\n`;
  const file = { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.goto(`${server.base}/import`);
  await page.getByText('Drop a CSV file here').waitFor();
  await clean('import, empty');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Import 2 good rows' }).waitFor();
  await page.locator('li[data-line="4"]').getByText('free slot').waitFor();
  await clean('import');
  await page.getByRole('button', { name: 'To mend 1' }).click();
  assert.equal(await page.locator('li[data-line]').count(), 1);
  await page.getByRole('button', { name: 'All 3' }).click();
  await page.getByRole('button', { name: 'Import 2 good rows' }).click();
  await page.getByText('2 posts imported.').first().waitFor();
  const cell = page.getByRole('textbox', { name: 'Mend at in line 2' });
  await cell.fill(`${year}-02-28 09:30`);
  await cell.press('Enter');
  await page.getByRole('button', { name: 'Import 1 good row' }).click();
  await page.getByText('Drop a CSV file here').waitFor();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'There already 2' }).waitFor();
});

test('rows that are too close, say the same again or fall on a closed day are warned of', async () => {
  const year = new Date().getFullYear() + 1;
  const rows = [
    `Plum tarts from nine o'clock in the morning,x,${year}-04-05 09:30`,
    `Something else entirely,x,${year}-04-05 09:36`,
    `Plum tarts from nine o'clock in the morning!,x,${year}-04-07 09:30`,
    `On a closed day,x,${year}-12-24 09:30`,
    `Nobody is near,x,${year}-05-20 09:30`,
  ];
  await call(page, 'POST', '/blackouts', { first: `${year}-12-24`, last: `${year}-12-26`, reason: 'Christmas' });
  const buffer = Buffer.from(`text,accounts,at\n${rows.join('\n')}\n`);
  await page.getByRole('button', { name: 'Put the table away' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'close.csv', mimeType: 'text/csv', buffer });
  await page.locator('li[data-line="2"]').getByText(/^Line 3 of this table/).waitFor();
  await page.locator('li[data-line="2"]').getByText(/^Line 4 of this table says the same/).waitFor();
  await page.locator('li[data-line="5"]').getByText(/Christmas/).waitFor();
  await page.getByRole('button', { name: 'With warnings 4' }).click();
  assert.equal(await page.locator('li[data-line]').count(), 4);
  await clean('import with warnings');
  await page.getByRole('button', { name: 'Import 5 good rows' }).click();
  await page.getByText('5 posts imported.').first().waitFor();
});

test('a post repeats; a change is spread over those after it; it is stopped', async () => {
  await compose(page, server, { text: 'Bread of the day', only: ['x'], inSeconds: 26 * 3600 });
  await page.getByRole('button', { name: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/ }).click();
  await page.getByLabel('Repeats').selectOption('day');
  await page.getByLabel('Until when').selectOption('count');
  await page.getByLabel('How many times').fill('5');
  await clean('composer, repeating');
  await page.getByRole('button', { name: 'Use this time' }).click();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.getByText('Repeats: every day, 5 times').waitFor();
  await page.getByText(/^4 more like it/).waitFor();
  await clean('a post that repeats');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Text', { exact: true }).fill('Cake of the day');
  await page.getByLabel('Change').selectOption('following');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.goto(`${server.base}/posts?text=Cake`);
  await page.getByText('Cake of the day').nth(4).waitFor();
  await page.getByText('Repeats: every day, 5 times').first().waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'Cake of the day' }).nth(1).click();
  await page.getByRole('button', { name: 'Stop repeating' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop repeating' }).click();
  await page.getByText('It repeats no more.').waitFor();
  await page.goto(`${server.base}/posts?text=Cake`);
  await page.getByText('Canceled').nth(2).waitFor();
});

test('no page had an error, and the content policy refused nothing', () => {
  assert.deepEqual(browser.trouble, []);
});

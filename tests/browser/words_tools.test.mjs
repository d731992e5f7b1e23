// The toolbox and what the composer makes of it: hashtags, variables, marks on links, closed days, warnings. By keyboard
// where a person types, and without a violation of accessibility rules.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { connect, openBrowser, publishNow, setUp, startServer, until } from './world.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
  await connect(page, server, { id: 'mastodon', label: 'Mastodon' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const clean = (where) => isClean(page, where);

const tool = (tab) => page.goto(`${server.base}/toolbox?tab=${tab}`);
const text = () => page.getByLabel('Text', { exact: true });
const findings = () => page.locator('#findings');
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
// Opens the composer with that text on the one account, at 10:07 some days ahead when it is given.
async function write(words, ahead) {
  const at = ahead ? `?at=${day(ahead)}T10:07&zone=Europe%2FBerlin` : '';
  await page.goto(`${server.base}/compose${at}`);
  await page.getByRole('button', { name: /^Mastodon: / }).first().click();
  if (words) await text().fill(words);
}
const focused = (words) =>
  until(() => page.evaluate((w) => new RegExp(w).test(document.activeElement?.textContent ?? ''), words.source), `${words} has the focus`);
const schedule = async () => {
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
};

test('groups of hashtags are made, changed and removed, and a removal is taken back', async () => {
  await page.goto(`${server.base}/calendar`);
  await page.getByRole('link', { name: 'Toolbox' }).click();
  await page.getByText('No groups yet').waitFor();
  await clean('toolbox, empty');
  await page.getByRole('button', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Bakery');
  await dialog.getByLabel('Hashtags').fill('#bread two-words');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/cannot be a hashtag/).waitFor();
  await dialog.getByLabel('Hashtags').fill('#bread #sourdough');
  await clean('a group');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Bakery' }).waitFor();
  await page.getByRole('button', { name: 'Remove Bakery' }).click();
  await page.getByText('No groups yet').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('heading', { name: 'Bakery' }).waitFor();
});

test('a variable is made with a text of its own for an account', async () => {
  await tool('variables');
  await page.getByRole('button', { name: 'New variable' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('shop hours');
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'shop_hours');
  await dialog.getByLabel('Stands for').fill('Mon to Fri, 9 to 18');
  await clean('a variable');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: '{{shop_hours}}' }).waitFor();
  await clean('variables');
});

test('typing # proposes groups, the keys choose, and a text is completed', async () => {
  await write('Fresh today');
  await text().press('End');
  await text().pressSequentially(' #ba');
  const list = page.getByRole('listbox', { name: 'Hashtags' });
  await list.getByRole('option', { name: /Bakery/ }).waitFor();
  await clean('completion');
  await text().press('ArrowDown');
  assert.equal(await list.getByRole('option').first().getAttribute('aria-selected'), 'true');
  await text().press('Enter');
  assert.equal(await text().inputValue(), 'Fresh today #bread #sourdough ');
  await list.waitFor({ state: 'detached' });
  // Escape closes, Enter is a new line again.
  await text().pressSequentially('#ba');
  await list.waitFor();
  await text().press('Escape');
  await list.waitFor({ state: 'detached' });
  await text().press('Enter');
  assert.ok((await text().inputValue()).endsWith('#ba\n'));
});

test('typing braces proposes variables, and the preview says what they stand for', async () => {
  await write('Open {{sh');
  await text().press('End');
  await text().pressSequentially('o');
  await page.getByRole('option', { name: /shop_hours/ }).waitFor();
  await text().press('Tab');
  assert.equal(await text().inputValue(), 'Open {{shop_hours}}');
  await page.getByRole('region', { name: 'Preview' }).getByText('Open Mon to Fri, 9 to 18').waitFor();
});

test('an unknown variable is mended with one click', async () => {
  await write('Open {{shop_hour}}');
  await findings().getByText(/There is no variable “shop_hour”/).waitFor();
  await findings().getByRole('button', { name: 'Use “shop_hours”' }).click();
  assert.equal(await text().inputValue(), 'Open {{shop_hours}}');
  await findings().getByText(/There is no variable/).waitFor({ state: 'detached' });
});

test('a post shows what its account will say, and that a variable stands there', async () => {
  await write('Open {{shop_hours}}', 8);
  await schedule();
  const said = 'Open Mon to Fri, 9 to 18';
  await page.getByRole('region', { name: 'Preview' }).getByText(said).waitFor();
  await page.getByText('Filled in: shop_hours').waitFor();
  const id = page.url().split('/').pop();
  await clean('a post with a variable');
  await page.goto(`${server.base}/posts`);
  await page.getByRole('link', { name: `${said} (Variables are filled in)` }).waitFor();
  await page.goto(`${server.base}/calendar?on=${day(8)}`);
  const card = page.locator(`[data-post="${id}"]`);
  await card.getByText(said, { exact: true }).waitFor();
  await card.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('tooltip').getByText(said).waitFor();
  assert.equal(await page.getByText('{{shop_hours}}').count(), 0);
});

test('buttons insert groups and variables, by keyboard alone', async () => {
  await write('Fresh');
  await page.getByRole('button', { name: 'Insert hashtags' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Insert hashtags' }).waitFor();
  await clean('hashtags to insert');
  await focused(/^Bakery/);
  await page.keyboard.press('Enter');
  await until(async () => (await text().inputValue()) === 'Fresh #bread #sourdough', 'the group is inserted');
  await page.getByRole('button', { name: 'Insert a variable' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Insert a variable' }).waitFor();
  await focused(/shop_hours/);
  await page.keyboard.press('Enter');
  await until(async () => (await text().inputValue()).endsWith('{{shop_hours}}'), 'the variable is inserted');
});

test('links are marked: the panel says what goes out, and the network gets it', async () => {
  await tool('links');
  await page.getByLabel('Mark the links of all posts').check();
  await page.getByLabel('Never on links to').fill('github.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await clean('links');
  await write('The menu of {{date:iso}}', 3);
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByLabel('Link', { exact: true }).fill('https://shop.example/menu?x=1#top');
  await page.locator('[data-panel=links] summary').click();
  await page.getByLabel('Campaign').fill('spring');
  const link = 'https://shop.example/menu?x=1&utm_source=mastodon&utm_medium=social&utm_campaign=spring#top';
  await page.locator('[data-panel=links]').getByText(link).waitFor();
  await page.getByLabel(/^Link of .*Mastodon/).selectOption('comment');
  await clean('links panel');
  await publishNow(page);
  await until(async () => (await server.feed('mastodon')).includes('utm_campaign=spring'), 'the link is in the feed');
});

test('the same text again and a post close by are said, with a way to mend it', async () => {
  await write('Plum tarts are back from nine o’clock, as long as there are any.', 4);
  await schedule();
  await write('Plum tarts are back from nine o’clock, as long as there are any!', 4);
  await findings().getByText(/same text goes out from this account/).waitFor();
  await findings().getByText(/goes out at the same time/).waitFor();
  assert.equal(await findings().getByRole('link', { name: 'Look at that post' }).count(), 2);
  await clean('warnings');
  await findings().getByRole('button', { name: /^Take / }).first().click();
  await findings().getByText(/goes out at the same time/).waitFor({ state: 'detached' });
});

test('closed days are shaded, skipped, and chosen by hand only after a question', async () => {
  await tool('days');
  await page.getByRole('button', { name: 'Close days' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('First day').fill(day(9));
  await dialog.getByLabel('Reason').fill('Stocktaking');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Stocktaking · All accounts').waitFor();
  await clean('closed days');
  await page.goto(`${server.base}/calendar?view=month&on=${day(9)}`);
  await page.locator(`[data-slot="${day(9)}"]`).getByText('Stocktaking').waitFor();
  await clean('calendar with a closed day');
  await write('On a closed day', 9);
  await findings().getByText(/Nothing is planned on .*Stocktaking/).waitFor();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule anyway' }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
});

test('nothing went wrong behind the page', () => assert.deepEqual(browser.trouble, []));

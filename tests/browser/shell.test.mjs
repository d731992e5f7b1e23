// What is around every screen: the command palette, the single keys and their sheet, the accounts beside the calendar.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, connectAll, openBrowser, setUp, startServer, zone } from './world.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  await connectAll(page, server);
});
after(async () => {
  assert.deepEqual(browser?.trouble, []);
  await browser?.close();
  await server?.stop();
});

const palette = () => page.getByRole('dialog', { name: 'Search and commands' });
const field = () => palette().getByRole('combobox');

test('the palette goes to a place by a few letters', async () => {
  await page.goto(`${server.base}/calendar`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.keyboard.press('Control+k');
  await field().fill('que');
  assert.match(await palette().getByRole('option', { selected: true }).textContent(), /Queue/);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/queue');
  await palette().waitFor({ state: 'detached' });
});

test('it finds posts by their words and says when it finds nothing', async () => {
  const accounts = (await call(page, 'GET', '/accounts')).items;
  const { id } = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: 'Cardamom buns until noon' }] },
    targets: [{ account: accounts[0].id }],
    at: { local: '2031-05-07T09:30', zone },
  });
  await page.keyboard.press('Control+k');
  await field().fill('cardamom');
  const found = palette().getByRole('option', { name: /Cardamom buns/ });
  await found.waitFor();
  await page.keyboard.press('ArrowUp'); // from the first, around to the last
  assert.equal(await found.getAttribute('aria-selected'), 'true');
  assert.equal(await field().getAttribute('aria-activedescendant'), await found.getAttribute('id'));
  await field().fill('zzzz');
  await palette().getByText('Nothing is called “zzzz”.').waitFor();
  await field().fill('cardamom');
  await found.click();
  await page.waitForURL(`**/posts/${id}`);
});

test('it begins a post for one account', async () => {
  await page.keyboard.press('Control+k');
  await field().fill('new post as');
  const option = palette().getByRole('option').first();
  const name = /New post as (.*?)(@|$)/.exec(await option.textContent())[1].trim();
  await option.click();
  await page.waitForURL('**/compose?accounts=*');
  await page.getByRole('button', { pressed: true, name: new RegExp(name.slice(0, 6)) }).first().waitFor();
});

test('every screen says where one is: in the rail, and in the title of the tab', async () => {
  const { items } = await call(page, 'GET', '/posts');
  const campaign = await call(page, 'POST', '/campaigns', { name: 'Spring days' });
  const places = [
    ['/calendar', 'Calendar', 'Calendar'],
    ['/posts', 'Posts', 'Posts'],
    [`/posts/${items[0].id}`, 'Posts', 'Goes out to 1 account'],
    [`/posts/${items[0].id}/edit`, 'Posts', 'Edit post'],
    ['/compose', 'Posts', 'New post'],
    ['/queue', 'Queue', 'Queue'],
    ['/evergreen', 'Queue', 'Evergreen'],
    ['/feeds', 'Queue', 'Feeds'],
    ['/import', 'Queue', 'Import a table'],
    ['/plan', 'Queue', 'Posts from a plan'],
    ['/campaigns', 'Campaigns', 'Campaigns'],
    [`/campaigns/${campaign.id}`, 'Campaigns', 'Spring days'],
    ['/tasks', 'Tasks', 'Tasks'],
    ['/toolbox', 'Toolbox', 'Toolbox'],
    ['/media', 'Media', 'Media'],
    ['/accounts', 'Accounts', 'Accounts'],
    ['/notifications', 'Notifications', 'Notifications'],
    ['/members', 'Members', 'Members'],
    ['/system', 'System', 'System'],
  ];
  for (const [path, place, title] of places) {
    await page.goto(server.base + path);
    await page.waitForFunction((start) => document.title.startsWith(start) && document.title.endsWith(' · Carillon'), title);
    const here = page.getByRole('navigation', { name: 'Main' }).first().locator('[aria-current=page]');
    assert.deepEqual(await here.allInnerTexts(), [place], path);
  }
  await page.goto(`${server.base}/nowhere`);
  await page.waitForFunction(() => document.title !== 'Carillon' && document.title.endsWith(' · Carillon'));
});

test('due tasks are counted in the rail without a question of their own', async () => {
  await call(page, 'POST', '/tasks', { person: 'Ana Lind', at: { local: '2026-01-05T09:30', zone } });
  const asked = [];
  const note = (request) => asked.push(new URL(request.url()).pathname);
  page.on('request', note);
  const rail = page.getByRole('navigation', { name: 'Main' }).first();
  await page.goto(`${server.base}/posts`);
  await rail.getByRole('link', { name: /^Tasks 1 due/ }).waitFor();
  page.off('request', note);
  assert.ok(asked.includes('/api/v1/session'));
  assert.ok(!asked.includes('/api/v1/tasks'), asked.join(' '));
  const [task] = (await call(page, 'GET', '/tasks')).items;
  await call(page, 'POST', `/tasks/${task.id}/done`);
  await rail.getByRole('link', { name: 'Tasks', exact: true }).waitFor();
});

test('Escape closes it and gives the focus back', async () => {
  await page.goto(`${server.base}/posts`);
  const opener = page.getByRole('button', { name: /^Search …/ });
  await opener.click();
  await field().waitFor();
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  assert.ok(await opener.evaluate((e) => e === document.activeElement));
});

test('single keys lead everywhere, not while somebody writes, and can be switched off', async () => {
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.waitForURL('**/media');
  await page.keyboard.press('c');
  await page.waitForURL('**/compose');
  const text = page.getByLabel('Text', { exact: true });
  await text.fill('');
  await text.pressSequentially('?cgq/');
  assert.equal(await text.inputValue(), '?cgq/');
  await page.goto(`${server.base}/posts`);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await sheet.getByText('Pick a post up').waitFor();
  await sheet.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.keyboard.press('Control+k'); // goes on working, and shows that the others did nothing
  await field().waitFor();
  assert.match(page.url(), /\/posts$/);
  await field().fill('this sheet');
  await page.keyboard.press('Enter');
  await sheet.getByRole('checkbox', { name: /Single keys/ }).check();
  await page.keyboard.press('Escape');
});

test('an account beside the calendar shows its posts alone, and leads to a post of its own', async () => {
  await page.goto(`${server.base}/calendar?on=2031-05-07`);
  const column = page.getByRole('complementary', { name: 'Accounts' });
  await page.getByText('Cardamom buns').first().waitFor();
  const rows = column.getByRole('button', { name: /^Only/ });
  assert.equal(await rows.count(), 4);
  const labels = (await call(page, 'GET', '/networks')).items;
  const [first, other] = (await call(page, 'GET', '/accounts')).items;
  assert.notEqual(first.network, other.network);
  await rows.filter({ hasText: labels.find((n) => n.network === other.network).label }).click();
  await page.waitForURL(/account=/);
  await page.getByText('Cardamom buns').first().waitFor({ state: 'detached' });
  await column.getByRole('button', { name: 'All accounts' }).click();
  await page.getByText('Cardamom buns').first().waitFor();
  await column.getByRole('button', { name: 'Hide the accounts' }).click();
  await page.reload();
  await column.getByRole('button', { name: 'Show the accounts' }).click();
  const menu = column.getByRole('button', { name: /^More about/ }).first();
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /New post as/ }).press('Enter');
  await page.waitForURL('**/compose?accounts=*');
});

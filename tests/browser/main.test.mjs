// The main way through: from the first link to one post that is live on four networks, and how it got there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, compose, connect, networks, openBrowser, owner, picture, setUp, startServer, until } from './world.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the first page leads to the set-up, which makes a workspace', async () => {
  await page.goto(server.base);
  await page.getByRole('heading', { name: 'Set up Carillon' }).waitFor();
  await page.getByText('Open the link from the terminal').waitFor();
  await setUp(page, server);
  await page.getByRole('heading', { name: 'Connect your first account' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'SANDBOX', exact: true }).count(), 0);
});

test('the server keeps everything where it was told to', async () => {
  const { storage } = await call(page, 'GET', '/system');
  assert.match(storage, process.env.CARILLON_DATABASE ? /^PostgreSQL/ : /^SQLite/);
});

test('each network is connected through its own consent page', async () => {
  for (const network of networks) await connect(page, server, network);
  for (const network of networks) {
    const card = page.locator(`li[data-network=${network.id}]`);
    await card.getByText('SANDBOX', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Test connection' }).click();
    await card.getByRole('status').waitFor();
  }
  await page.getByRole('region', { name: 'SANDBOX', exact: true }).waitFor();
});

test('one post with an own version for Mastodon goes live on all four at its time', async () => {
  const text =
    'Fresh cakes from nine o’clock, and the plum tart is back. https://cornershop.example.com/autumn #bakery';
  const own = 'For our friends in the Fediverse: the plum tart is back. #bakery';
  await compose(page, server, { text, inSeconds: 14 });
  await page.locator('input[type=file]').setInputFiles({ name: 'tart.png', mimeType: 'image/png', buffer: picture() });
  await page.getByRole('button', { name: 'File 1: add alternative text' }).click();
  await page.getByLabel('Alternative text').fill('A plum tart at sunrise');
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  // X counts an address as 23 whatever its length: the server says so, the page shows it.
  await page
    .getByRole('button', {
      name: new RegExp(`: ${text.length - 'https://cornershop.example.com/autumn'.length + 23} of 280`),
    })
    .waitFor();
  await page.getByRole('tab').nth(3).click();
  await page.getByRole('button', { name: /^Edit for/ }).click();
  await page.getByLabel('Text', { exact: true }).fill(own);
  await page
    .getByRole('figure', { name: /Mastodon/ })
    .getByText('Fediverse')
    .waitFor();
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { name: 'Goes out to 4 accounts' }).waitFor();

  await page.getByRole('heading', { name: 'Published on all 4 accounts' }).waitFor({ timeout: 40_000 });
  for (const network of networks) {
    const feed = await server.feed(network.id);
    assert.match(feed, /plum tart is back/, `${network.label} shows it`);
    assert.equal(/Fediverse/.test(feed), network.id === 'mastodon', `${network.label} has the right version`);
  }
  const ledger = await server.ledger();
  const effects = ledger.effects;
  assert.equal(effects.length, 4, 'each network accepted it exactly once');
});

test('the flight record says what was asked and what came back', async () => {
  const card = page.locator('li[data-state=delivered]').filter({ hasText: '@' }).first();
  const record = card.getByRole('button', { name: 'Flight record' });
  if ((await record.getAttribute('aria-expanded')) === 'false') await record.click();
  await card.getByText(/published it$/).waitFor();
  await card.getByText('Details').last().click();
  await card
    .getByText(/^POST http/)
    .last()
    .waitFor();
  assert.ok(await card.getByRole('link', { name: 'See it live' }).getAttribute('href'));
});

test('the list shows it, and finds it by a word', async () => {
  await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
  await page.getByRole('link', { name: /plum tart/ }).waitFor();
  await page.getByRole('searchbox').fill('zebra');
  await page.getByText('No post is like that').waitFor();
  await page.getByRole('searchbox').fill('plum');
  await page.getByRole('link', { name: /plum tart/ }).waitFor();
});

test('signing out and in again leads back to the same place', async () => {
  await page.getByRole('button', { name: new RegExp(`^You:.*${owner.name}`) }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(`${server.base}/system`);
  await page.waitForURL(/sign-in\?to=/);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/system');
  await until(
    async () => (await page.getByRole('heading', { level: 1 }).textContent()) === 'System',
    'the system screen',
  );
});

test('no page had an error, and the content policy refused nothing', () => {
  assert.deepEqual(browser.trouble, []);
});

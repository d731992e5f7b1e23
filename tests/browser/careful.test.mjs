// What must not be lost or doubled: a closed tab, a double click, an ended session, a lost answer, a failed target.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compose, connectAll, openBrowser, owner, publishNow, setUp, startServer, until } from './world.mjs';

let server, browser, page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  await connectAll(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const schedule = () => page.getByRole('button', { name: 'Schedule', exact: true });

test('a closed tab loses nothing', async () => {
  await compose(page, server, { text: 'Half a thought about', only: ['x'] });
  await page.locator('[data-keeping=kept]').waitFor();
  const again = await page.context().newPage();
  await page.close();
  page = again;
  await page.goto(`${server.base}/posts`);
  await page.getByText('You have an unfinished post').waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await until(
    async () => (await page.getByLabel('Text', { exact: true }).inputValue()) === 'Half a thought about',
    'the text is back',
  );
  assert.equal(await page.getByRole('button', { name: /^X: / }).first().getAttribute('aria-pressed'), 'true');
  await page.goto(`${server.base}/posts`);
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('a double click makes one post', async () => {
  await compose(page, server, { text: 'Once is enough', inSeconds: 3600, only: ['x'] });
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await schedule().dblclick();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.goto(`${server.base}/posts?text=enough`);
  await page
    .getByRole('link', { name: /Once is enough/ })
    .first()
    .waitFor();
  assert.equal(await page.getByRole('link', { name: /Once is enough/ }).count(), 1);
});

test('two tabs of one composition make one post', async () => {
  await compose(page, server, { text: 'One from two tabs', inSeconds: 3600, only: ['x'] });
  await page.locator('[data-keeping=kept]').waitFor();
  const twin = await page.context().newPage();
  await twin.goto(page.url());
  await twin.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await schedule().click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await twin.getByRole('button', { name: 'Schedule', exact: true }).click();
  await twin.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  assert.equal(twin.url(), page.url());
  await twin.close();
});

test('a session that ends while composing is renewed in place', async () => {
  await compose(page, server, { text: 'Written before the session ended', only: ['x'] });
  await page.context().clearCookies();
  await page.getByLabel('Text', { exact: true }).fill('Written before the session ended, and a word more');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.getByLabel('E-mail').fill(owner.email);
  await dialog.getByLabel('Password', { exact: true }).fill(owner.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(
    await page.getByLabel('Text', { exact: true }).inputValue(),
    'Written before the session ended, and a word more',
  );
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}\/edit$/);
});

test('a text that is too long is told before it hurts, and can be split', async () => {
  await compose(page, server, {
    text: 'A sentence that goes on for a while and then stops. '.repeat(9).trim(),
    only: ['x'],
  });
  await page.getByRole('button', { name: '1 problem' }).waitFor();
  await page.getByRole('button', { name: 'Split into a thread' }).click();
  await page.getByLabel('Text of part 2 of 2').waitFor();
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
});

test('a lost answer on a network that cannot be asked becomes a question', async () => {
  await server.fault({ network: 'telegram', path: 'sendMessage', kind: 'lose_answer', times: 1, percent: 100 });
  await compose(page, server, { text: 'Perhaps it went out', only: ['telegram'] });
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await publishNow(page);
  const card = page.getByTestId('uncertain');
  await card.getByText('Did this go out?').waitFor({ timeout: 60_000 });
  assert.match(await server.feed('telegram'), /Perhaps it went out/);
  await card.getByRole('button', { name: 'It is there', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as published' }).click();
  await page.getByRole('heading', { name: 'Published on 1 account' }).waitFor();
  const effects = (await server.ledger()).effects;
  assert.equal(effects.filter((e) => e.text.includes('Perhaps it went out')).length, 1);
});

test('everything can be stopped and released', async () => {
  await page.goto(`${server.base}/system`);
  await page.getByRole('button', { name: 'Stop everything' }).click();
  await page.getByRole('dialog').getByLabel(/^Why/).fill('a wrong price');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop everything' }).click();
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await page.getByText('a wrong price').first().waitFor();
  await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
  await page.getByText('Everything is on hold', { exact: true }).waitFor();
  await page.goto(`${server.base}/system`);
  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByRole('button', { name: 'Stop everything' }).waitFor();
});

test('disconnecting names what it cancels', async () => {
  await page.goto(`${server.base}/accounts`);
  const card = page.locator('li[data-network=x]').first();
  await card.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Once is enough').waitFor();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await card.waitFor({ state: 'detached' });
});

test('no page had an error', () => assert.deepEqual(browser.trouble, []));

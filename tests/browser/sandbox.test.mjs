// A newcomer's way in clicks, and the drawer in which a person sees what Carillon does when networks misbehave.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, openBrowser, owner, startServer, until } from './world.mjs';

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

test('from the one-time link to a post that is seen live on four networks: at most 12 clicks', async () => {
  let clicks = 0;
  const click = async (locator) => {
    clicks++;
    await locator.click();
  };
  await page.goto(server.setup);
  await page.getByLabel('Workspace').fill(owner.workspace);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await click(page.getByRole('button', { name: 'Create the workspace' }));
  await click(page.getByRole('button', { name: 'Connect practice accounts', exact: true }));
  await click(page.getByRole('button', { name: 'Write a post for all of them' }));
  const text = page.getByLabel('Text', { exact: true });
  await text.waitFor();
  await page.getByText('Write something to go on.').waitFor();
  assert.equal(await page.getByText(/problem/).count(), 0, 'nothing is wrong with a post that was not begun');
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'all accounts fit a phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await text.fill('The plum tart is back. #bakery');
  await click(page.getByRole('button', { name: 'Other ways to publish' }));
  await click(page.getByRole('menuitem', { name: /Publish now/ }));
  await click(page.getByRole('dialog').getByRole('button', { name: 'Publish now' }));
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.getByRole('link', { name: 'See it live' }).nth(3).waitFor({ timeout: 40_000 });
  const seen = new Set();
  for (const card of await page.locator('li[data-state=delivered]').all()) {
    if (seen.size === 4) break;
    const link = card.getByRole('link', { name: 'See it live' });
    const [place] = await Promise.all([page.context().waitForEvent('page'), click(link)]);
    await place.getByText('The plum tart is back.').first().waitFor();
    seen.add(new URL(place.url()).pathname.split('/')[1]);
    await place.close();
  }
  assert.equal(seen.size, 4, [...seen].join(', '));
  console.log(`clicks from the one-time link to a post seen live on four networks: ${clicks}`);
  assert.ok(clicks <= 12, `${clicks} clicks`);
});

const drawer = () => page.getByRole('dialog', { name: 'The sandbox' });
const openDrawer = async () => {
  await page.getByRole('button', { name: 'Feeds and faults' }).click();
  await drawer().waitFor();
};
const place = (network) => drawer().locator(`li[data-network=${network}]`);
const post = async (network, text) => {
  const accounts = (await call(page, 'GET', '/accounts')).items;
  const account = accounts.find((a) => a.network === network).id;
  return call(page, 'POST', '/posts', { content: { parts: [{ text }] }, targets: [{ account }], now: true });
};
const first = async (p) => (await call(page, 'GET', `/posts/${p.id}`)).deliveries[0];

test('the drawer links each feed and shows that nothing is ordered', async () => {
  await openDrawer();
  await drawer().getByText('Nothing is ordered: all networks answer.').waitFor();
  for (const network of ['x', 'facebook', 'mastodon', 'telegram'])
    assert.equal(
      await place(network).getByRole('link', { name: /^See the feed/ }).getAttribute('href'),
      `${server.sandbox}/${network}/feed`,
    );
});

test('lost answers: the post is out once, and Carillon finds it instead of sending it again', async () => {
  const before = (await server.ledger()).effects.length;
  await place('mastodon').getByRole('button', { name: 'Lost answers' }).click();
  await place('mastodon').getByRole('button', { name: /^Lost answers/, pressed: true }).waitFor();
  const lost = await post('mastodon', 'Sent once, whatever happens');
  await until(async () => (await first(lost)).state === 'delivered', 'it is found', 90_000);
  assert.equal((await server.ledger()).effects.length, before + 1);
  await place('mastodon').getByRole('button', { name: /^Lost answers/ }).click();
  await place('mastodon').getByRole('button', { name: 'Lost answers', pressed: false }).waitFor();
});

test('an outage: the drawer says that it is tried again, and healing lets it go out', async () => {
  await place('x').getByRole('button', { name: 'Outage' }).click();
  await place('x').getByText('On until you heal it').waitFor();
  const stuck = await post('x', 'Through the outage');
  await drawer().getByTestId('doing').getByText('(x)').waitFor({ timeout: 30_000 });
  assert.notEqual((await first(stuck)).state, 'delivered');
  await drawer().getByRole('button', { name: 'Heal all' }).click();
  await page.getByText('Everything answers again.').waitFor();
  await until(async () => (await first(stuck)).state === 'delivered', 'it goes out', 90_000);
});

test('a rate limit: the lane is closed for as long as the network said', async () => {
  await place('mastodon').getByRole('button', { name: 'Rate limit' }).click();
  await place('mastodon').getByText('Strikes the next request').waitFor();
  await post('mastodon', 'One after the other');
  await drawer().getByTestId('doing').getByText(/mastodon/).first().waitFor({ timeout: 30_000 });
  const { lanes_closed } = await call(page, 'GET', '/system');
  assert.ok(lanes_closed.length > 0 || (await first(await post('mastodon', 'Another'))).reason === 'rate_limit');
});

test('an expired token: Carillon renews it by itself where that can be done', async () => {
  await place('x').getByRole('button', { name: 'Expired token' }).click();
  await place('x').getByText('Strikes the next request').waitFor();
  const renewed = await post('x', 'With a fresh token');
  await until(async () => (await first(renewed)).state === 'delivered', 'it goes out', 90_000);
  await drawer().getByText('Nothing is ordered: all networks answer.').waitFor();
  await page.keyboard.press('Escape');
  await drawer().waitFor({ state: 'detached' });
});

test('no page had an error', () => assert.deepEqual(browser.trouble, []));

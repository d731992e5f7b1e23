// The calendar: posts where they are due, moved by pointer and by keys, chosen and changed together, exported.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, dayAfter, openBrowser, practice, setUp, signIn, startServer, until, wednesday, zone } from './world.mjs';

let server, browser, page, accounts;
const day = wednesday();
const screen = (more = '') => `${server.base}/calendar?on=${day}${more}`;
const make = (body) => call(page, 'POST', '/posts', body);
const plan = (text, local, more = {}) =>
  make({
    content: { parts: [{ text }] },
    targets: accounts.map((a) => ({ account: a.id })),
    at: { local, zone },
    ...more,
  });
const at = async (post) => (await call(page, 'GET', `/posts/${post.id}`)).at;
const card = (post) => page.locator(`[data-post="${post.id}"]`);
const cell = (slot) => page.locator(`[data-slot="${slot}"]`);
const opened = async (path) => {
  await page.goto(path);
  await page.getByRole('heading', { name: 'Calendar', level: 1 }).waitFor({ state: 'attached' });
};

async function drag(from, to, meanwhile = async () => {}) {
  const a = await from.boundingBox();
  const b = await to.boundingBox();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(a.x + a.width / 2 + 8, a.y + a.height / 2 + 8, { steps: 3 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height - 8, { steps: 8 });
  await page.locator(`[data-over]`).waitFor();
  await meanwhile();
  await page.mouse.up();
}

before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  accounts = await practice(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('it is the first place of the rail, and home', async () => {
  await page.goto(server.base);
  await page.waitForURL(/\/calendar/);
  await page.getByText('Write your first post').waitFor();
  await page.getByRole('link', { name: 'Calendar' }).first().waitFor();
});

test('dragging to another day keeps the clock time, and can be undone', async () => {
  const post = await plan('Plum tart, dragged', `${day}T09:30`);
  await opened(screen());
  await drag(card(post), cell(dayAfter(day, 1)));
  await cell(dayAfter(day, 1)).locator(`[data-post="${post.id}"]`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  assert.deepEqual((await at(post)).local, `${dayAfter(day, 1)}T09:30`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await cell(day).locator(`[data-post="${post.id}"]`).waitFor();
  await until(async () => (await at(post)).local === `${day}T09:30`, 'the old time is back');
  assert.equal(new URL(page.url()).pathname, '/calendar', 'a drag opens nothing');
});

test('a post of another zone keeps the clock of its own zone', async () => {
  const post = await make({
    content: { parts: [{ text: 'Late in New York' }] },
    targets: [{ account: accounts[0].id }],
    at: { local: `${day}T23:30`, zone: 'America/New_York' },
  });
  await opened(screen());
  await cell(dayAfter(day, 1)).locator(`[data-post="${post.id}"]`).waitFor(); // half past five there
  await drag(card(post), cell(dayAfter(day, 2)));
  await page.getByRole('button', { name: 'Undo' }).first().waitFor();
  assert.deepEqual(await at(post).then(({ local, zone: z }) => [local, z]), [
    `${dayAfter(day, 1)}T23:30`,
    'America/New_York',
  ]);
  await call(page, 'POST', `/posts/${post.id}/cancel`);
});

test('keys carry a post too, and the focus goes with it', async () => {
  const post = await plan('Carried by keys', `${day}T11:15`);
  await opened(screen());
  await card(post).focus();
  await page.keyboard.press('Space');
  await page.getByText(/^Picked up/).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.equal((await at(post)).local, `${day}T11:15`, 'Escape puts it back');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await cell(dayAfter(day, 2)).locator(`[data-post="${post.id}"]`).waitFor();
  await until(async () => (await at(post)).local === `${dayAfter(day, 2)}T11:15`, 'it is moved');
  await page.waitForFunction((id) => document.activeElement?.dataset?.post === id, post.id);
});

test('in the week it moves by hours and days, the minutes stay', async () => {
  const post = await plan('Hour by hour', `${day}T13:20`);
  await opened(screen('&view=week'));
  await card(post).scrollIntoViewIfNeeded();
  await drag(card(post), cell(`${dayAfter(day, 1)}T15`));
  await until(async () => (await at(post)).local === `${dayAfter(day, 1)}T15:20`, 'it is at 15:20');
  await cell(`${dayAfter(day, 1)}T15`).locator(`[data-post="${post.id}"]`).waitFor();
  await card(post).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  await until(async () => (await at(post)).local === `${dayAfter(day, 1)}T14:05`, 'it is at 14:05');
});

test('a draft keeps being one when it is moved', async () => {
  const draft = await plan('Only a draft', `${day}T17:00`, { state: 'draft' });
  await opened(screen('&view=day'));
  await card(draft).getByText('Draft:').waitFor();
  await card(draft).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('on') === dayAfter(day, 1));
  await until(async () => (await at(draft)).local === `${dayAfter(day, 1)}T17:00`, 'it is a day later');
  assert.equal((await call(page, 'GET', `/posts/${draft.id}`)).state, 'draft');
});

test('filters stand in the address and survive a reload', async () => {
  const tagged = await plan('Only this is tagged', `${day}T08:00`, { tags: ['bakery'] });
  await opened(screen());
  await card(tagged).waitFor();
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByLabel('Tag', { exact: true }).selectOption('bakery');
  await page.waitForURL(/tag=bakery/);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('[data-post]').length === 1);
  await page.reload();
  await card(tagged).waitFor();
  assert.equal(await page.locator('[data-post]').count(), 1);
  await page.getByRole('searchbox').fill('zebra');
  await page.getByText('No post here is like that.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-post]').length > 2);
  assert.doesNotMatch(page.url(), /tag=|text=/);
});

test('several are chosen, tagged, moved and deleted together', async () => {
  const one = await plan('Bulk one', `${day}T18:00`);
  const two = await plan('Bulk two', `${day}T18:30`);
  const draft = await plan('Bulk draft', `${day}T19:00`, { state: 'draft' });
  await opened(screen('&view=list&text=Bulk'));
  for (const text of ['Bulk one', 'Bulk two', 'Bulk draft']) await page.getByLabel(`Choose: ${text}`).check();
  const bar = page.getByRole('region', { name: 'Chosen posts' });
  await bar.getByText('3 posts chosen').waitFor();
  await bar.getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('dialog').getByLabel('Tag').fill('autumn');
  await page.getByRole('dialog').getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByText('3 posts tagged.').waitFor();
  assert.deepEqual((await call(page, 'GET', `/posts/${two.id}`)).tags, ['autumn']);
  await bar.getByRole('button', { name: 'Move' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '+1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByText('3 posts moved.').waitFor();
  for (const [post, time] of [
    [one, '18:00'],
    [two, '18:30'],
    [draft, '19:00'],
  ])
    assert.equal((await at(post)).local, `${dayAfter(day, 1)}T${time}`);
  for (const text of ['Bulk one', 'Bulk draft']) await page.getByLabel(`Choose: ${text}`).check();
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('1 planned post is canceled. It keeps its record.').waitFor();
  await page.getByText('1 draft is deleted for good.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('1 draft deleted.').waitFor();
  assert.equal((await call(page, 'GET', `/posts/${one.id}`)).state, 'canceled');
});

test('those who are chosen are dragged together', async () => {
  const posts = [await plan('Pair a', `${day}T20:00`), await plan('Pair b', `${dayAfter(day, 1)}T20:10`)];
  await opened(screen('&text=Pair'));
  for (const post of posts) await card(post).click({ modifiers: ['ControlOrMeta'] });
  await drag(card(posts[0]), cell(dayAfter(day, -1)));
  await page.getByText('2 posts moved.').waitFor();
  assert.equal((await at(posts[0])).local, `${dayAfter(day, -1)}T20:00`);
  assert.equal((await at(posts[1])).local, `${day}T20:10`);
});

test('a post that is put on a closed day says so: while it is carried, when it is there, and many at once', async () => {
  const closed = dayAfter(day, 3);
  await call(page, 'POST', '/blackouts', { first: closed, last: closed, reason: 'Inventory' });
  const posts = [await plan('Onto a closed day', `${dayAfter(day, 2)}T13:30`), await plan('Onto a closed day, too', `${dayAfter(day, 2)}T14:30`)];
  await opened(screen('&text=Onto'));
  await drag(card(posts[0]), cell(closed));
  const told = page.getByRole('alert').filter({ hasText: 'Inventory' });
  await told.getByText(/Nothing is planned on .*Inventory/).waitFor();
  assert.equal((await at(posts[0])).local, `${closed}T13:30`, 'it is moved all the same');
  await told.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await at(posts[0])).local === `${dayAfter(day, 2)}T13:30`, 'it is back');
  await cell(dayAfter(day, 2)).locator(`[data-post="${posts[0].id}"]`).waitFor();
  await card(posts[0]).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.getByText('Closed: Inventory').first().waitFor();
  await page.keyboard.press('Escape');
  for (const post of posts) await card(post).click({ modifiers: ['ControlOrMeta'] });
  await drag(card(posts[0]), cell(closed));
  await told.getByText(/^Of 2 of them .*Nothing is planned on/).waitFor();
  await told.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await at(posts[1])).local === `${dayAfter(day, 2)}T14:30`, 'both are back');
});

test('a closed day says why while a post is dragged over it, and only to those for whom it is closed', async () => {
  const closed = dayAfter(day, 4);
  await call(page, 'POST', '/blackouts', { first: closed, last: closed, reason: 'Stocktaking', account: accounts[0].id });
  const [ours, others] = [accounts[0], accounts[1]].map((a) => ({ targets: [{ account: a.id }] }));
  const post = await plan('Dragged over a closed day', `${dayAfter(day, 1)}T13:30`, ours);
  const other = await plan('Dragged over an open day', `${dayAfter(day, 1)}T14:30`, others);
  const says = (slot) => cell(slot).evaluate((c) => [c.dataset.says, getComputedStyle(c, '::after').content]);
  const words = `Closed: Stocktaking, ${accounts[0].name}`;
  await opened(screen('&text=Dragged over'));
  await cell(closed).getByText('Stocktaking').waitFor();
  await drag(card(post), cell(closed), async () => {
    assert.deepEqual(await says(closed), [words, `"${words}"`]);
    await page.keyboard.press('Escape');
  });
  assert.equal(await page.locator('[data-says], [data-over]').count(), 0, 'nothing is left of it');
  await drag(card(other), cell(closed), async () => {
    assert.deepEqual(await says(closed), [undefined, 'none']);
    await page.keyboard.press('Escape');
  });
  await page.locator(`[data-slot="${dayAfter(day, 1)}"] [data-post="${post.id}"]`).focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });
  assert.equal((await says(closed))[0], words);
  await page.keyboard.press('Escape');
  await opened(`${server.base}/calendar?on=${day}&view=week&text=Dragged`);
  await drag(card(other), cell(`${dayAfter(day, 4)}T14`), () => page.keyboard.press('Escape'));
  assert.equal((await at(post)).local, `${dayAfter(day, 1)}T13:30`, 'it was put down nowhere');
});

test('a post moved beside another of its account says so', async () => {
  const post = await plan('Too close', `${day}T22:05`);
  await plan('It was here first', `${dayAfter(day, -1)}T22:10`);
  await opened(screen('&text=Too close'));
  await drag(card(post), cell(dayAfter(day, -1)));
  await page.getByRole('alert').getByText(/goes out only .*It was here first/).waitFor();
});

test('what belongs to a campaign has its colour and says its name; the legend shows it alone', async () => {
  const campaign = await call(page, 'POST', '/campaigns', { name: 'Spring days', colour: '#2f6fde' });
  const own = await plan('Of the campaign', `${day}T18:00`, { campaign: campaign.id, state: 'draft' });
  const other = await plan('Of none', `${day}T18:30`, { state: 'draft' });
  await opened(screen());
  await card(own).locator('[data-campaign="Spring days"]').waitFor();
  assert.match(await card(own).textContent(), /Campaign: Spring days/);
  assert.equal(await card(other).locator('[data-campaign]').count(), 0);
  await page.getByRole('group', { name: 'Campaign' }).getByRole('button', { name: 'Spring days' }).click();
  await page.waitForURL(/campaign=/);
  await card(other).waitFor({ state: 'detached' });
  await card(own).waitFor();
});

test('what failed is red and says why', async () => {
  const telegram = accounts.find((a) => a.network === 'telegram');
  const bad = await make({
    content: { parts: [{ text: '<b>Never closed' }], options: { parse_mode: 'HTML' } },
    targets: [{ account: telegram.id }],
    now: true,
  });
  await until(async () => (await call(page, 'GET', `/posts/${bad.id}`)).state === 'failed', 'it fails', 60_000);
  await opened(`${server.base}/calendar?on=${new Date().toISOString().slice(0, 10)}`);
  await card(bad).waitFor();
  const words = await card(bad).textContent();
  assert.match(words, /Failed/);
  const { items } = await call(
    page,
    'GET',
    `/posts/calendar?from=${new Date(Date.now() - 864e5).toISOString()}&until=${new Date(Date.now() + 864e5).toISOString()}&state=failed`,
  );
  assert.ok(items[0].trouble && words.includes(items[0].trouble), words);
  await card(bad).hover();
  const peek = page.getByRole('tooltip');
  await peek.getByText(items[0].trouble).waitFor();
  await peek.getByText(telegram.name).waitFor();
});

test('an empty day leads to a new post at that time', async () => {
  await opened(screen());
  const empty = dayAfter(day, 4);
  await cell(empty).hover();
  await cell(empty)
    .getByRole('link', { name: /^New post on/ })
    .click();
  await page.waitForURL((url) => url.pathname === '/compose' && url.searchParams.get('at') === `${empty}T09:00`);
  await page.getByRole('button', { name: /9:00/ }).first().waitFor();
});

test('it is exported as a calendar file and as a table, with the same filters', async () => {
  await opened(screen('&tag=bakery'));
  for (const [item, name, begins] of [
    ['Calendar file (ICS)', 'carillon.ics', 'BEGIN:VCALENDAR'],
    ['Table (CSV)', 'carillon-posts.csv', 'id,state,local'],
  ]) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    assert.equal(download.suggestedFilename(), name);
    const stream = await download.createReadStream();
    let text = '';
    for await (const piece of stream) text += piece;
    assert.ok(text.startsWith(begins), text.slice(0, 80));
    assert.match(text, /Only this is tagged/);
    assert.doesNotMatch(text, /Carried by keys/);
  }
});

test('a full day shows a few and how many more there are', async () => {
  for (let i = 0; i < 6; i++) await plan(`Crowd ${i}`, `${dayAfter(day, 3)}T1${i}:00`);
  await opened(screen());
  const crowded = cell(dayAfter(day, 3));
  const more = crowded.getByRole('button', { name: /^\+ \d more/ });
  await more.waitFor();
  assert.equal(await crowded.locator('[data-post]').count(), 3);
  await more.click();
  await page.getByRole('dialog').getByText('Crowd 5').waitFor();
});

test('on a phone it is a small month and what is on', async () => {
  const phone = await browser.open({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await signIn(phone, server, '/calendar');
  await phone.goto(screen());
  await phone.getByRole('link', { name: 'Plum tart, dragged' }).waitFor();
  await phone.getByRole('button', { name: 'More' }).click();
  await phone.getByRole('menuitem', { name: 'Accounts' }).waitFor();
  await phone.keyboard.press('Escape');
  assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await phone.context().close();
});

test('no page had an error', () => assert.deepEqual(browser.trouble, []));

// Every flow by keyboard alone: no test here presses a mouse, and the last one makes sure.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Keyboard } from './keyboard.mjs';
import { call, dayAfter, openBrowser, owner, picture, signIn, startServer, until, wednesday, zone } from './world.mjs';

let server, browser, page, keys;
const ben = { email: 'ben@example.com', name: 'Ben Okafor', password: 'another good phrase of words' };
const day = wednesday();
before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  keys = await Keyboard.of(page);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const heading = (name) => page.getByRole('heading', { name }).first().waitFor();
const gone = (locator) => locator.waitFor({ state: 'detached' });
const accountOn = async (network) => (await call(page, 'GET', '/accounts')).items.find((a) => a.network === network).id;
const open = async (path, name) => {
  await page.goto(server.base + path);
  await page.getByRole('heading', { name, level: 1 }).waitFor({ state: 'attached' });
};

test('the first set-up', async () => {
  await page.goto(server.setup);
  await heading('Set up Carillon');
  await keys.write(/input: Workspace/, owner.workspace);
  await keys.write(/input: Your name/, owner.name);
  await keys.write(/input: E-mail/, owner.email);
  await keys.write(/input: Password/, owner.password);
  await keys.press(/button: Create the workspace/);
  await page.waitForURL('**/accounts');
});

test('connecting accounts through their consent pages', async () => {
  for (const [id, label] of [['x', 'X'], ['mastodon', 'Mastodon'], ['telegram', 'Telegram']]) {
    await page.getByRole('button', { name: `Connect ${label}` }).waitFor();
    await keys.press(new RegExp(`button: Connect ${label}$`));
    await page.getByRole('dialog').waitFor();
    await keys.press(/Use the sandbox/);
    if (id !== 'telegram') {
      await page.waitForURL(`${server.sandbox}/${id}/**`);
      await page.locator('button[value=allow]').waitFor();
      const words = (await page.locator('button[value=allow]').textContent()).trim();
      await keys.press(new RegExp(`button: ${words}`));
      await page.waitForURL(`${server.base}/accounts**`);
    }
    await page.locator(`li[data-network=${id}]`).first().waitFor();
  }
});

test('what was opened from a menu gives the focus back to the menu', async () => {
  await keys.press(/button: More about/);
  await page.getByRole('menu').waitFor();
  await keys.to(/menuitem: Disconnect/, 'ArrowDown');
  await keys.key('Enter');
  await page.getByRole('dialog').waitFor();
  await keys.key('Escape');
  await gone(page.getByRole('dialog'));
  assert.match(await keys.here(), /button: More about/);
});

test('composing with a version of its own for one account, and scheduling', async () => {
  await open('/posts', 'Posts');
  await keys.key('c');
  await heading('New post');
  await keys.press(/button: X:/, 'Space');
  await keys.press(/button: Mastodon:/, 'Space');
  await keys.write(/textarea: Text/, 'The plum tart is back');
  await keys.to(/^tab: /, 'Shift+Tab');
  await keys.to(/^tab: .*(Mastodon|@)/, 'ArrowRight');
  await keys.to(/^tab: .*(Mastodon|@.*@)/, 'ArrowRight');
  await keys.press(/button: Edit for/);
  await keys.write(/textarea: Text/, 'For the Fediverse: the plum tart is back');
  await keys.press(/button: .*(Pick a time|Choose a time|When)/);
  await page.getByRole('dialog').waitFor();
  await keys.press(/button: Use /);
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await keys.press(/button: Schedule$/);
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await heading('Goes out to 2 accounts');
  const post = await call(page, 'GET', `/posts/${page.url().split('/').pop()}`);
  const own = post.targets.filter((target) => target.content);
  assert.equal(own.length, 1);
  assert.match(own[0].content.parts[0].text, /Fediverse/);
});

test('moving a post on the calendar, and taking it back', async () => {
  const x = await accountOn('x');
  const post = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: 'Carried by keys' }] },
    targets: [{ account: x }],
    at: { local: `${day}T09:30`, zone },
  });
  const local = async () => (await call(page, 'GET', `/posts/${post.id}`)).at.local;
  await open(`/calendar?on=${day}`, 'Calendar');
  await page.locator(`[data-post="${post.id}"]`).waitFor();
  await keys.to(/Carried by keys|The plum tart/);
  await keys.to(/Carried by keys/, 'ArrowRight');
  await keys.key('Space', 'ArrowRight', 'Enter');
  await until(async () => (await local()) === `${dayAfter(day, 1)}T09:30`, 'it is on the next day');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await keys.press(/button: Undo/);
  await until(async () => (await local()) === `${day}T09:30`, 'it is back');
});

test('adding a time to the queue', async () => {
  await open('/queue', 'Queue');
  await page.getByRole('button', { name: 'Edit slots' }).first().waitFor();
  await keys.press(/button: Edit slots/);
  await page.getByRole('dialog').waitFor();
  await keys.to(/input: Time/);
  await page.keyboard.type('2340');
  const time = await page.evaluate(() => document.activeElement.value); // as this browser's clock understands it
  await keys.press(/button: Add a time/);
  await keys.press(/button: Save$/);
  await gone(page.getByRole('dialog'));
  await page.locator(`li[data-slot$="T${time}"]`).first().waitFor();
  assert.match(await keys.here(), /Edit slots/, 'the focus is back where it was');
});

test('mending a post that failed, and retrying it', async () => {
  const post = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: '<b>Never closed' }], options: { parse_mode: 'HTML' } },
    targets: [{ account: await accountOn('telegram') }],
    now: true,
  });
  await page.goto(`${server.base}/posts/${post.id}`);
  await page.getByRole('button', { name: 'Retry', exact: true }).waitFor({ timeout: 40_000 });
  await keys.press(/^a: (Edit|Fix)/);
  await heading('Edit post');
  await keys.write(/textarea: Text/, 'Closed properly');
  await keys.press(/button: Save/);
  await page.waitForURL(new RegExp(`/posts/${post.id}$`));
  await keys.press(/button: Retry/);
  await heading('Published on 1 account');
});

test('answering whether a post went out', async () => {
  await server.fault({ network: 'telegram', path: 'sendMessage', kind: 'lose_answer', times: 1, percent: 100 });
  const post = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: 'Perhaps it went out' }] },
    targets: [{ account: await accountOn('telegram') }],
    now: true,
  });
  await page.goto(`${server.base}/posts/${post.id}`);
  await page.getByTestId('uncertain').waitFor({ timeout: 60_000 });
  await keys.press(/button: It is there$/);
  await page.getByRole('dialog').waitFor();
  await keys.press(/button: Mark as published/);
  await heading('Published on 1 account');
});

test('inviting somebody', async () => {
  await open('/members', 'Members');
  await page.getByRole('button', { name: 'Invite somebody' }).waitFor();
  await keys.press(/button: Invite somebody/);
  await page.getByRole('dialog').waitFor();
  await keys.write(/input: E-mail/, 'carla@example.com');
  await keys.write(/input: Name/, 'Carla Fuchs');
  await keys.press(/button: Invite$/);
  await page.getByRole('heading', { name: 'Carla Fuchs can sign in now' }).waitFor();
  await keys.press(/button: Done/);
  await gone(page.getByRole('dialog'));
  await page.getByText('carla@example.com').waitFor();
  assert.match(await keys.here(), /Invite somebody/, 'the focus is back where it was');
});

test('approving what somebody else asks for', async () => {
  await call(page, 'POST', '/users', { ...ben, role: 'editor' });
  await call(page, 'PATCH', '/workspace', { approval: true });
  const editor = await browser.open();
  await signIn(editor, server, '/posts', ben);
  const post = await call(editor, 'POST', '/posts', {
    content: { parts: [{ text: 'Fresh bread on Saturday' }] },
    targets: [{ account: await accountOn('x') }],
    at: { local: `${day}T11:00`, zone },
  });
  await editor.context().close();
  await page.goto(`${server.base}/posts/${post.id}`);
  await heading('Waits for approval');
  await keys.press(/button: Approve$/);
  await heading('Goes out to 1 account');
});

test('making a campaign and stopping it', async () => {
  await open('/campaigns', 'Campaigns');
  await page.getByRole('button', { name: 'New campaign' }).first().waitFor();
  await keys.press(/button: New campaign/);
  await page.getByRole('dialog').waitFor();
  await keys.write(/input: Name/, 'Spring days');
  await keys.key('Enter');
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await heading('Spring days');
  await keys.press(/button: Stop$/);
  await page.getByRole('dialog').waitFor();
  await keys.press(/button: Stop$/);
  await page.getByText('Stopped: nothing of this campaign goes out').waitFor();
});

test('uploading to the library', async () => {
  await open('/media', 'Media');
  await page.getByRole('button', { name: 'Upload' }).first().waitFor();
  const asked = page.waitForEvent('filechooser');
  await keys.press(/button: Upload/);
  await (await asked).setFiles({ name: 'tart.png', mimeType: 'image/png', buffer: picture(480, 320) });
  await page.locator('li[data-file="tart.png"]').waitFor();
  await keys.press(/button: .*tart\.png/);
  await page.getByRole('dialog', { name: 'tart.png' }).waitFor();
  await keys.key('Escape');
  await gone(page.getByRole('dialog'));
  assert.match(await keys.here(), /tart\.png/, 'the focus is back where it was');
});

test('no pointer was pressed, and no page had an error', async () => {
  assert.equal(await keys.pointerWasUsed(), false);
  assert.deepEqual(browser.trouble, []);
});

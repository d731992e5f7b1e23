// Members, keys, the audit log, the media library, budgets and the system page: what an owner does there, what
// others may not, and that everything works by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { openBrowser, owner, picture, setUp, startServer } from './world.mjs';

let server, browser, page, ben;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
  page = await browser.open();
  await setUp(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const clean = (where, seen = page) => isClean(seen, where);

// Over the API, with the session of the page.
const call = (method, path, body, seen = page) =>
  seen.evaluate(
    async ([m, p, b]) => {
      const answer = await fetch(`/api/v1${p}`, {
        method: m,
        headers: b ? { 'content-type': 'application/json' } : {},
        body: b && JSON.stringify(b),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );

const person = (email) => page.locator(`li[data-person="${email}"]`);
const dialog = () => page.getByRole('dialog');

test('somebody is invited by keyboard alone, and the password is shown once', async () => {
  await page.goto(`${server.base}/members`);
  await page.getByText('You are alone here').waitFor();
  await clean('members, alone');
  await page.getByRole('button', { name: 'Invite somebody' }).focus();
  await page.keyboard.press('Enter');
  await dialog().waitFor();
  await clean('invite');
  await page.keyboard.type('ben@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ben Okafor');
  await page.keyboard.press('Tab'); // the role that is chosen: editor
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Ben Okafor can sign in now').waitFor();
  await clean('invited');
  await page.keyboard.press('Enter'); // the focus is on Copy
  await page.getByText('Copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  ben = { email: 'ben@example.com', password: /password: (\S+)$/.exec(copied)?.[1] };
  assert.match(ben.password, /^[a-z0-9]{4}(-[a-z0-9]{4}){4}$/);
  await dialog().getByRole('button', { name: 'Done' }).click();
  await person(ben.email).getByText('Viewer').waitFor();
});

test('an address that is there already is refused at its field', async () => {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await dialog().getByLabel('E-mail').fill(ben.email);
  await dialog().getByRole('button', { name: 'Invite', exact: true }).click();
  await dialog().getByText('Somebody with this e-mail address is there already.').waitFor();
  await clean('invite, refused');
  await page.keyboard.press('Escape');
});

test('a viewer sees why people, keys and the audit are closed, and has sessions and a password', async () => {
  const his = await browser.open();
  await his.goto(`${server.base}/sign-in?to=/members`);
  await his.getByLabel('E-mail').fill(ben.email);
  await his.getByLabel('Password', { exact: true }).fill(ben.password);
  await his.getByRole('button', { name: 'Sign in' }).click();
  await his.getByText('Only an owner sees and changes who is here').waitFor();
  assert.equal(await his.getByRole('button', { name: 'Invite somebody' }).count(), 0);
  await clean('members, viewer', his);
  await his.getByRole('link', { name: 'Audit log' }).click();
  await his.getByText('Only an owner reads the audit log').waitFor();
  await his.goto(`${server.base}/media`);
  await his.getByText('Pictures and videos of posts appear here.').waitFor();
  assert.equal(await his.getByRole('button', { name: 'Upload files' }).count(), 0);
  await his.goto(`${server.base}/members?tab=you`);
  await his.getByText('This device').waitFor();
  await his.getByRole('button', { name: 'Change password' }).click();
  await his.getByLabel('Current password').fill('not it');
  await his.getByLabel('New password').fill('seven quiet copper kettles');
  await his.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
  await his.getByRole('dialog').getByRole('alert').waitFor();
  await clean('password, refused', his);
  await his.getByLabel('Current password').fill(ben.password);
  await his.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
  await his.getByText('Your password is changed.').waitFor();
  await his.context().close();
});

test('a role is changed, a person is disabled and let in again', async () => {
  await page.getByRole('button', { name: 'More about Ben Okafor' }).click();
  await page.getByRole('menu').waitFor();
  await clean('menu of a person');
  await page.getByRole('menuitemcheckbox', { name: /^Editor/ }).click();
  await page.getByText('Ben Okafor is now Editor.').waitFor();
  await person(ben.email).getByText('Editor').waitFor();
  await page.getByRole('button', { name: 'More about Ben Okafor' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await dialog().getByRole('button', { name: 'Disable' }).click();
  await person(ben.email).getByText('Disabled').waitFor();
  await clean('members');
  await page.getByRole('button', { name: 'More about Ben Okafor' }).click();
  await page.getByRole('menuitem', { name: 'Enable' }).click();
  await person(ben.email).getByText('Disabled').waitFor({ state: 'detached' });
});

test('the workspace gets another name and zone', async () => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog().getByLabel('Time zone').fill('Nowhere/City');
  await dialog().getByText('No zone has this name.').waitFor();
  await clean('workspace');
  await dialog().getByLabel('Time zone').fill('Europe/Lisbon');
  await dialog().getByLabel('Workspace').fill('Corner Bakery');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Times in Europe/Lisbon').waitFor();
  await page.getByText('Who works in Corner Bakery').waitFor();
});

test('a session elsewhere is ended from the list', async () => {
  const other = await browser.open();
  await other.goto(`${server.base}/sign-in`);
  await other.getByLabel('E-mail').fill(owner.email);
  await other.getByLabel('Password', { exact: true }).fill(owner.password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.goto(`${server.base}/members?tab=you`);
  await page.getByRole('button', { name: /^Sign out Chrome on Linux/ }).waitFor();
  await clean('you');
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('All your other sessions are ended.').waitFor();
  assert.equal((await call('GET', '/session', undefined, other)).status, 401);
  await other.context().close();
});

test('a key is made with what it may do, works, and is dead when revoked', async () => {
  await page.goto(`${server.base}/members?tab=keys`);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await dialog().getByLabel('Name').fill('Shop importer');
  await dialog().getByLabel('Write, schedule, publish and cancel posts').uncheck();
  await dialog().getByLabel('Your password').fill('not mine');
  await dialog().getByRole('button', { name: 'Make a key' }).click();
  await dialog().getByText('This is not your password.').waitFor();
  await clean('make a key');
  await dialog().getByLabel('Your password').fill(owner.password);
  await dialog().getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('it is shown this once').waitFor();
  await clean('key made');
  const key = await dialog().locator('dd').first().innerText();
  const ask = async (path) => (await fetch(`${server.base}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
  assert.equal(await ask('/posts'), 200);
  assert.equal(await ask('/accounts'), 403);
  await dialog().getByRole('button', { name: 'Done' }).click();
  await page.locator('li[data-key="Shop importer"]').getByText('See posts, calendar and queue').waitFor();
  await clean('keys');
  await page.getByRole('button', { name: 'Revoke Shop importer' }).click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await page.locator('li[data-key="Shop importer"]').waitFor({ state: 'detached' });
  assert.equal(await ask('/posts'), 401);
});

test('the audit log says who did what, and is narrowed', async () => {
  await page.goto(`${server.base}/members?tab=audit`);
  await page.locator('li[data-action="key.removed"]').waitFor();
  await page.getByText('The record is whole').waitFor();
  assert.match(await page.locator('li[data-action="user.added"]').innerText(), /Ana Berger invited a person · Ben Okafor · Viewer/);
  await clean('audit');
  const codes = await page.locator('li[data-action] p').evaluateAll((all) => all.map((p) => p.innerText).filter((x) => / [a-z]+\.[a-z_]+( ·|$)/.test(x)));
  assert.deepEqual(codes, [], 'every action has words');
  await page.getByLabel('About').selectOption('key');
  await page.locator('li[data-action="user.added"]').waitFor({ state: 'detached' });
  await page.locator('li[data-action="key.removed"]').waitFor();
  const shown = await page.locator('li[data-action]').evaluateAll((all) => all.map((li) => li.dataset.action));
  assert.deepEqual(shown, ['key.removed', 'key.made', 'key.made'], 'the first is the server\'s own');
  await page.getByLabel('About').selectOption('');
  await page.getByLabel('By').selectOption({ label: 'Ben Okafor' });
  await page.locator('li[data-action="password.changed"]').waitFor();
  await page.locator('li[data-action="key.removed"]').waitFor({ state: 'detached' });
});

const file = (name, n) => ({ name, mimeType: 'image/png', buffer: picture(600, 400, n) });

test('files are uploaded; what is no picture is refused with the reason', async () => {
  await page.goto(`${server.base}/media`);
  await page.getByText('No media yet').waitFor();
  await clean('media, empty');
  const note = { name: 'prices.txt', mimeType: 'text/plain', buffer: Buffer.from('cake 3.20') };
  await page.locator('input[type=file]').setInputFiles([file('cake.png', 1), file('pie.png', 2), file('tea.png', 3), note]);
  await page.getByText('One file was not uploaded').waitFor();
  await page.locator('li[data-file="cake.png"]').waitFor();
  await clean('media, uploads');
  await page.getByRole('button', { name: 'Cancel prices.txt' }).click();
  await page.getByText('3 files are uploaded.').waitFor();
});

test('an upload is canceled on its way', async () => {
  await page.route('**/api/v1/media', (route) => (route.request().method() === 'POST' ? undefined : route.continue()));
  await page.locator('input[type=file]').setInputFiles([file('slow.png', 4)]);
  await page.getByRole('button', { name: 'Cancel slow.png' }).click();
  await page.getByText('slow.png').waitFor({ state: 'detached' });
  await page.unroute('**/api/v1/media');
});

test('media is dropped anywhere on the screen', async () => {
  const data = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.png', { type: 'image/png' }));
    return transfer;
  }, [...picture(60, 40, 5)]);
  await page.dispatchEvent('#main h1', 'dragenter', { dataTransfer: data });
  await page.getByText('Drop to add').waitFor();
  await page.dispatchEvent('#main h1', 'drop', { dataTransfer: data });
  await page.locator('li[data-file="dropped.png"]').waitFor();
});

test('media is found by name; one file says which posts use it', async () => {
  const made = await call('POST', '/accounts/practice', {});
  assert.ok(made.status < 300, JSON.stringify(made.body));
  const [account] = (await call('GET', '/accounts')).body.items;
  const cake = (await call('GET', '/media?text=CAKE')).body.items[0];
  const content = { parts: [{ text: 'Fresh cakes from nine', media: [{ id: cake.id }] }] };
  assert.equal((await call('POST', '/posts', { targets: [{ account: account.id }], content })).status, 201);
  await page.reload();
  await page.getByLabel('Search name, tag, description').fill('cak');
  await page.locator('li[data-file="pie.png"]').waitFor({ state: 'detached' });
  await page.locator('li[data-file="cake.png"]').getByText('Used in one post').waitFor();
  await clean('media, found');
  await page.locator('li[data-file="cake.png"]').getByRole('button').click();
  await dialog().getByRole('link', { name: /Fresh cakes from nine/ }).waitFor();
  assert.ok(await dialog().getByRole('button', { name: 'Delete' }).isDisabled());
  await clean('media, one file');
  await page.keyboard.press('Escape');
  await page.getByLabel('Search name, tag, description').fill('zebra');
  await page.getByText('No file fits what you look for.').waitFor();
  await clean('media, nothing found');
  await page.getByRole('button', { name: 'Show all files' }).click();
  await page.locator('li[data-file="pie.png"]').waitFor();
});

test('several files are deleted at once; what a post uses stays', async () => {
  for (const name of ['cake.png', 'pie.png', 'tea.png']) {
    await page.getByLabel(`Choose ${name}`).focus();
    await page.keyboard.press('Space');
  }
  await page.getByText('One is in use and stays.').waitFor();
  await clean('media, chosen');
  await page.getByRole('button', { name: 'Delete 2 files' }).click();
  await dialog().getByRole('button', { name: 'Delete 2 files' }).click();
  await page.getByText('2 files are deleted.').waitFor();
  await page.locator('li[data-file="tea.png"]').waitFor({ state: 'detached' });
  await page.locator('li[data-file="cake.png"]').waitFor();
});

test('an account says what it may still do, and when the network closed it', async () => {
  await page.goto(`${server.base}/accounts`);
  const x = page.locator('li[data-network=x]').first();
  await x.locator('li[data-lane=post]').getByText('100 of 100 left in 15 minutes').waitFor();
  await clean('accounts with budgets');
  const account = (await call('GET', '/accounts')).body.items.find((each) => each.network === 'x');
  const content = { parts: [{ text: 'One of a hundred' }] };
  assert.equal((await call('POST', '/posts', { targets: [{ account: account.id }], content, now: true })).status, 201);
  await page.waitForFunction(async (id) => {
    const seen = await (await fetch(`/api/v1/accounts/${id}`)).json();
    return seen.lanes.find((lane) => lane.name === 'post').used === 1;
  }, account.id);
  await page.reload();
  await x.locator('li[data-lane=post]').getByText('99 of 100 left in 15 minutes').waitFor();
});

test('the system page is complete: limits, accounts with tests, storage and backup', async () => {
  await page.goto(`${server.base}/system`);
  await page.getByText('No network limit is reached.').waitFor();
  await page.getByText('None was made here yet.').waitFor();
  await page.getByText(/ free\./).waitFor();
  await clean('system');
  const row = page.locator('li[data-network=mastodon]');
  await row.getByRole('button', { name: /^Test connection/ }).click();
  await row.getByRole('status').filter({ hasText: /\w/ }).waitFor();
  await clean('system, tested');
  await page.getByRole('button', { name: 'Test all' }).click();
  const rows = page.locator('section[aria-labelledby=accounts] li');
  await page.waitForFunction((n) => {
    const said = [...document.querySelectorAll('section[aria-labelledby=accounts] li [role=status]')];
    return said.length === n && said.every((each) => each.textContent);
  }, await rows.count());
});

test('everything is stopped with a reason, and released', async () => {
  await page.getByRole('button', { name: 'Stop everything' }).click();
  await dialog().getByLabel('Why').fill('wrong price');
  await dialog().getByRole('button', { name: 'Stop everything' }).click();
  await page.getByText('wrong price').first().waitFor();
  await clean('system, stopped');
  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByText('Released. It goes on.').waitFor();
  await page.goto(`${server.base}/members?tab=audit&about=system`);
  await page.locator('li[data-action="system.held"]').getByText('wrong price').waitFor();
});

test('no screen is wider than a small phone', async () => {
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ['/members', '/members?tab=you', '/members?tab=keys', '/members?tab=audit', '/media', '/system']) {
    await page.goto(`${server.base}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const who = await page.evaluate(() =>
      [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 200)),
    );
    assert.ok(wide <= 0, `${path} is ${wide} px too wide: ${who.join(' ')}`);
  }
});

test('no page had an error, and the content policy refused nothing', () => {
  assert.deepEqual(browser.trouble, []);
});

// Campaigns: made, an account enabled, a post written; stopped, nothing goes out; resumed, it goes. Readiness on the page of
// a post. Tasks that a person ticks off. All of it by keyboard where that is another way, and clean for everybody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { call, compose, connect, openBrowser, setUp, startServer, until, wallClock } from './world.mjs';

let server, browser, page, campaign;
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

const view = () => call(page, 'GET', `/campaigns/${campaign}`);

test('a campaign is made by keyboard alone', async () => {
  await page.goto(`${server.base}/campaigns`);
  await page.getByRole('heading', { name: 'No campaign yet' }).waitFor();
  await clean('campaigns, empty');
  await page.getByRole('button', { name: 'New campaign' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await clean('a new campaign');
  await page.keyboard.type('Spring days');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  campaign = page.url().split('/').at(-1);
  await page.getByRole('heading', { name: 'Spring days' }).waitFor();
  await clean('a campaign without posts');
});

test('a post of it is refused until its account is enabled, which is one click', async () => {
  await compose(page, server, { text: 'Plum tart is back', inSeconds: 3600, only: ['x'] });
  await page.getByRole('combobox', { name: 'Campaign' }).selectOption({ label: 'Spring days' });
  await page.getByText(/is connected, but not enabled for Spring days/).waitFor();
  await page.getByRole('button', { name: 'Enable for campaign' }).click();
  await page.getByText(/is connected, but not enabled for Spring days/).waitFor({ state: 'detached' });
  assert.equal((await view()).accounts.find((a) => a.network === 'x').enabled, true);
});

test('stopped, nothing of it goes out; resumed, it goes', async () => {
  const { items } = await call(page, 'GET', '/accounts');
  const made = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: 'Open on Sunday' }] },
    targets: [{ account: items[0].id }],
    campaign,
    at: { local: wallClock(Date.now() + 6000), zone: 'Europe/Berlin' },
  });
  await page.goto(`${server.base}/campaigns/${campaign}`);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/1 delivery waits/).waitFor();
  await clean('what will stop');
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText('Stopped: nothing of this campaign goes out').waitFor();
  await clean('a stopped campaign');
  // Its time comes, and the engine puts it aside without asking the network.
  await until(async () => {
    const post = await call(page, 'GET', `/posts/${made.id}`);
    return post.deliveries[0].reason === 'stopped';
  }, 'the delivery is put aside');
  const aside = await call(page, 'GET', `/posts/${made.id}`);
  assert.equal(aside.deliveries[0].state, 'waiting');
  assert.equal(aside.stopped, true);
  assert.ok(!(await server.feed('x')).includes('Open on Sunday'));
  await page.getByRole('button', { name: 'Resume' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText(/goes out at its time/).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Going on').waitFor();
  await until(async () => (await server.feed('x')).includes('Open on Sunday'), 'the post is out');
  await until(async () => (await view()).posts.delivered === 1, 'the campaign counts it');
  await page.getByText('Published', { exact: true }).first().or(page.getByText('Delivered').first()).first().waitFor();
  await clean('a campaign with numbers');
});

test('the page of a post says whether it is ready', async () => {
  const { items } = await call(page, 'GET', '/accounts');
  const made = await call(page, 'POST', '/posts', {
    content: { parts: [{ text: 'Next week' }] },
    targets: [{ account: items[0].id }],
    campaign,
    at: { local: wallClock(Date.now() + 86_400_000 * 3), zone: 'Europe/Berlin' },
  });
  await page.goto(`${server.base}/posts/${made.id}`);
  const ready = page.getByRole('region', { name: 'Readiness' });
  await ready.getByText('Ready', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Spring days' }).waitFor();
  await clean('a post that is ready');
  await call(page, 'POST', `/accounts/${items[0].id}/hold`);
  await ready.getByRole('button', { name: 'Look again' }).click();
  await ready.getByText(/switched off/).waitFor();
  await ready.getByRole('button', { name: 'Enable', exact: true }).click();
  await ready.getByText('Ready', { exact: true }).waitFor();
});

test('the list and the calendar show only the campaign', async () => {
  await page.goto(`${server.base}/campaigns/${campaign}`);
  await page.getByRole('link', { name: 'All posts' }).click();
  await page.getByRole('button', { name: /Campaign: Spring days/ }).waitFor();
  await page.getByRole('link', { name: 'Next week' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'In the calendar' }).click();
  await page.waitForURL(/campaign=/);
});

test('a task is planned, told of when it is due, and ticked off', async () => {
  await page.goto(`${server.base}/tasks`);
  await clean('tasks, empty');
  await page.getByRole('button', { name: 'New task' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('To whom').fill('Ana Lind');
  await dialog.getByLabel('Link').fill('https://www.linkedin.com/in/ana-lind');
  await dialog.getByLabel('Text').fill('It was good to meet you.');
  await dialog.getByLabel('When').fill(wallClock(Date.now() - 60_000).slice(0, 16));
  await clean('a new task');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Due' }).waitFor();
  const link = page.getByRole('link', { name: 'Open Ana Lind in a new tab' });
  assert.equal(await link.getAttribute('href'), 'https://www.linkedin.com/in/ana-lind');
  await page.getByRole('link', { name: /^Tasks 1 due/ }).waitFor();
  await until(
    async () => (await call(page, 'GET', '/notices')).items.some((n) => n.kind === 'task_due'),
    'the notification',
    45_000,
  );
  await clean('a task that is due');
  await page.getByRole('button', { name: 'Done: Ana Lind' }).click();
  await page.getByRole('heading', { name: 'Nothing to do' }).waitFor();
  assert.ok(!(await call(page, 'GET', '/notices')).items.some((n) => n.kind === 'task_due'), 'its notice is gone');
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

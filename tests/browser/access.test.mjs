// axe on every screen, by day and by night; and the main flow by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import {
  call,
  compose,
  connectAll,
  dayAfter,
  openBrowser,
  picture,
  publishNow,
  setUp,
  signIn,
  startServer,
  wednesday,
  zone,
} from './world.mjs';

let server, browser, page, postPath;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const clean = (where) => isClean(page, where);

test('set up', async () => {
  await page.goto(server.setup);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await clean('set up');
  await setUp(page, server);
});

test('accounts, empty', async () => {
  await page.getByRole('heading', { name: 'Connect your first account' }).waitFor();
  await clean('accounts, empty');
});

test('posts, empty', async () => {
  await page.goto(`${server.base}/posts`);
  await page.getByText('Connect an account first').waitFor();
  await clean('posts, empty');
});

test('accounts and dialogs', async () => {
  await connectAll(page, server);
  await clean('accounts');
  await page.getByRole('button', { name: 'Connect Telegram' }).click();
  await page.getByRole('dialog').waitFor();
  await clean('connect dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page
    .getByRole('button', { name: /^More about/ })
    .first()
    .click();
  await page.getByRole('menu').waitFor();
  await clean('account menu');
  await page.keyboard.press('Escape');
});

test('composer', async () => {
  await page.goto(`${server.base}/compose`);
  await page.getByLabel('Text', { exact: true }).waitFor();
  await clean('composer, blank');
  await compose(page, server, { text: 'Fresh cakes from nine. https://cornershop.example.com #bakery' });
  await page.locator('input[type=file]').setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: picture(480, 320, 1) },
    { name: 'b.png', mimeType: 'image/png', buffer: picture(480, 320, 2) },
  ]);
  await page.getByRole('button', { name: /^File 2: add/ }).waitFor();
  await page.getByText('Mastodon settings').click();
  await page.getByText('Note and tags').click();
  await page.getByRole('region', { name: 'Readiness' }).waitFor();
  await clean('composer, full');
  await page.getByRole('button', { name: 'Choose a time' }).last().click();
  await page.getByLabel('Time', { exact: true }).waitFor();
  await clean('composer, time');
  await page.keyboard.press('Escape');
  await publishNow(page);
  postPath = new URL(page.url()).pathname;
});

test('post', async () => {
  await page.getByRole('heading', { name: /^Published on all/ }).waitFor({ timeout: 40_000 });
  await page
    .getByText(/published it$/)
    .first()
    .waitFor();
  await page.getByText('Details').first().click();
  await clean('post');
});

test('posts, notifications, system', async () => {
  await page.goto(`${server.base}/posts`);
  await page.getByRole('link', { name: /Fresh cakes/ }).waitFor();
  await clean('posts');
  await page.goto(`${server.base}/notifications`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await clean('notifications');
  await page.goto(`${server.base}/system`);
  await page.getByText('Emergency stop').waitFor();
  await clean('system');
});

test('calendar and drawer', async () => {
  const day = wednesday();
  const accounts = (await call(page, 'GET', '/accounts')).items;
  for (let i = 0; i < 6; i++)
    await call(page, 'POST', '/posts', {
      content: { parts: [{ text: `Week of the plum tart, ${i}` }] },
      targets: accounts.map((a) => ({ account: a.id })),
      at: { local: `${dayAfter(day, i % 2)}T1${i}:30`, zone },
      state: i === 2 ? 'draft' : 'scheduled',
      tags: ['autumn'],
    });
  for (const view of ['month', 'week', 'day', 'list']) {
    await page.goto(`${server.base}/calendar?on=${day}&view=${view}`);
    await page.getByText('Week of the plum tart, 0').first().waitFor();
    await clean(`calendar, ${view}`);
  }
  await page.goto(`${server.base}/calendar?on=${day}`);
  await page.getByRole('complementary', { name: 'Accounts' }).getByRole('button', { name: /^Only/ }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('plum');
  await page.getByRole('option', { name: /plum tart/ }).first().waitFor();
  await clean('command palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await clean('keyboard sheet');
  await page.keyboard.press('Escape');
  await page.locator('[data-post]').first().focus();
  await page.getByRole('tooltip').waitFor();
  await clean('calendar, card');
  await page.keyboard.press('Space');
  await clean('calendar, carrying');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Filters/ }).click();
  await clean('calendar, filters');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Choose several posts' }).click();
  await page.locator('[data-post]').first().click();
  await clean('calendar, choosing');
  await page.getByRole('button', { name: 'Feeds and faults' }).click();
  const drawer = page.getByRole('dialog', { name: 'The sandbox' });
  await drawer.getByRole('button', { name: 'Outage' }).first().click();
  await drawer.getByText('On until you heal it').waitFor();
  await clean('sandbox drawer');
  await drawer.getByRole('button', { name: 'Heal all' }).click();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
});

test('phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/calendar', '/posts', '/accounts', '/compose', '/system', '/notifications', postPath]) {
    await page.goto(server.base + path);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await clean(`${path} at 390`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/calendar', '/posts', '/accounts', '/compose', '/system', '/notifications', postPath]) {
    await page.goto(server.base + path);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${path} is ${wide} wide on a screen of 320`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('composing and publishing by keyboard alone', async () => {
  await page.goto(`${server.base}/posts`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const to = async (name, key = 'Tab') => {
    for (let i = 0; i < 80; i++) {
      const here = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body || e.tagName === 'MAIN') return '';
        const labels = [...(e.labels ?? [])].map((l) => l.textContent).join(' ');
        return `${e.getAttribute('aria-label') ?? ''} ${labels} ${e.textContent ?? ''}`;
      });
      if (name.test(here)) return;
      await page.keyboard.press(key);
    }
    assert.fail(`the keyboard does not reach ${name}`);
  };
  await to(/New post/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'New post' }).waitFor();
  await to(/^\s*X:/);
  await page.keyboard.press('Space');
  await to(/^Text/);
  await page.keyboard.type('By keyboard alone');
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await to(/Other ways to publish/);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /Publish now/ }).waitFor();
  await to(/Publish now/, 'ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await to(/^\s*Publish now$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Published on 1 account' }).waitFor({ timeout: 30_000 });
});

test('sign in', async () => {
  const stranger = await browser.open();
  await stranger.goto(`${server.base}/posts`);
  await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
  const mine = page;
  page = stranger;
  await clean('sign in');
  page = mine;
  await signIn(stranger, server);
  await stranger.context().close();
});

test('no page had an error', () => assert.deepEqual(browser.trouble, []));

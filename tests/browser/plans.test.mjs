// Planning from outside: a plan as a file, feeds, the evergreen pool.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, owner, setUp, startServer } from './world.mjs';

let server, browser, page, folder;
const path = (to) => `${server.base}${to}`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-plans-'));
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  await page.getByRole('button', { name: /practice/i }).first().click();
  await page.waitForResponse((answer) => answer.url().includes('/api/v1/accounts') && answer.request().method() === 'GET');
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(browser?.trouble ?? [], []);
});

const plan = (text, more = '') => `plan: spring
posts:
  - key: opening
    text: ${text}
    accounts: telegram
    at: 2027-03-20 09:30
${more}`;
const choose = (yaml) =>
  page.getByLabel('Choose a plan').first().setInputFiles({ name: 'spring.yaml', mimeType: 'application/yaml', buffer: Buffer.from(yaml) });
const away = () => page.getByRole('button', { name: 'Put away' }).click();
const step = (key) => page.locator(`[data-key="${key}"]`);

test('a plan is looked at, applied, and then there is nothing to do', async () => {
  await page.goto(path('/plan'));
  await choose(plan('We open the garden.'));
  await step('opening').getByText('new', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Apply 1 change' }).click();
  await step('opening').getByText('unchanged', { exact: true }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Nothing to apply' }).isDisabled());
  await away();
});

test('a change is shown field by field, and what is wrong with its place', async () => {
  await choose(plan('We open the big garden.'));
  const changed = step('opening');
  await changed.getByText('changed', { exact: true }).waitFor();
  assert.match(await changed.locator('del').textContent(), /We open the garden\./);
  assert.match(await changed.locator('ins').textContent(), /We open the big garden\./);
  await away();
  await choose(plan('Hi', '  - {key: other, text: Ho, accounts: nobody, at: 2027-03-20 09:30}\n'));
  await step('other').getByText('Line 7, column 38:').waitFor();
  assert.ok(await page.getByRole('button', { name: /^Apply/ }).isDisabled());
  await away();
  await choose('plan: [\n');
  await page.getByRole('alert').getByText(/This is not YAML/).waitFor();
  await away();
});

test('the command line says the same', async () => {
  const key = await page.evaluate(async (password) => {
    const answer = await fetch('/api/v1/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'plans', password }),
    });
    return (await answer.json()).key;
  }, owner.password);
  const file = join(folder, 'spring.yaml');
  const run = (...args) =>
    new Promise((done) =>
      execFile(
        process.env.CARILLON ?? '../../build/dev/carillon',
        args,
        { env: { ...process.env, CARILLON_SERVER: server.base, CARILLON_KEY: key } },
        (error, stdout, stderr) => done({ code: error?.code ?? 0, said: stdout + stderr }),
      ),
    );
  await writeFile(file, plan('We open the garden.'));
  const first = await run('plan', file);
  assert.equal(first.code, 0, first.said);
  await writeFile(file, plan('We open the wide garden.'));
  const looked = await run('plan', file);
  assert.equal(looked.code, 2, looked.said);
  assert.match(looked.said, /~ opening/);
  assert.match(looked.said, /We open the garden\. -> We open the wide garden\./);
  assert.equal((await run('apply', file)).code, 0);
  assert.equal((await run('plan', file)).code, 0);
  const exported = await run('plan', '--export');
  await writeFile(join(folder, 'now.yaml'), exported.said);
  assert.equal((await run('plan', join(folder, 'now.yaml'))).code, 0, exported.said);
  await writeFile(file, 'plan: spring\nposts:\n  - key: a\n    txet: Hi\n');
  const wrong = await run('apply', file);
  assert.equal(wrong.code, 1);
  assert.match(wrong.said, /line 4, column 5/);
  assert.ok((await readFile(join(folder, 'now.yaml'), 'utf8')).startsWith('plan: schedule'));
  const added = await run('feeds', 'add', 'https://bells.example/feed.xml', '--to', 'telegram', '--every', '30', '--json');
  assert.equal(added.code, 0, added.said);
  assert.match((await run('feeds')).said, /bells\.example\/feed\.xml/);
  assert.equal((await run('feeds', 'pause', JSON.parse(added.said).id)).code, 0);
  assert.match((await run('feeds')).said, /every 30 minutes, paused/);
  assert.equal((await run('feeds', 'remove', JSON.parse(added.said).id)).code, 0);
  assert.match((await run('evergreen', 'on', '--to', 'telegram', '--again', '9')).said, /The pool is empty/);
  assert.equal((await run('evergreen', 'off', '--to', 'telegram')).code, 0);
  assert.match((await run('evergreen')).said, /fills nobody's queue/);
});

test('a feed is followed, and says in words why it cannot be fetched', async () => {
  await page.goto(path('/feeds'));
  await page.getByRole('button', { name: 'Follow a feed' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address of the feed').fill(`${server.base}/feed.xml`);
  await dialog.getByRole('button', { name: 'Look' }).click();
  await dialog.getByText(/loopback/).waitFor();
  await dialog.getByLabel('Text of the posts').fill('{{tilte}}');
  await dialog.getByRole('button', { name: 'Follow it' }).click();
  await dialog.getByText(/Nothing is called/).waitFor();
  await dialog.getByLabel('Text of the posts').fill('{{title}}');
  await dialog.getByRole('button', { name: 'Follow it' }).click();
  const card = page.locator('[data-feed]');
  await card.getByRole('button', { name: /^Fetch/ }).click();
  await card.getByText(/loopback/).waitFor();
  await card.getByRole('button', { name: /no longer$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the feed' }).click();
  await page.getByText('No feed is followed yet').waitFor();
});

test('a post of the pool fills the gaps of an account', async () => {
  const made = await page.evaluate(async () => {
    const accounts = (await (await fetch('/api/v1/accounts')).json()).items;
    const account = accounts.find((a) => a.network === 'telegram');
    const body = { content: { parts: [{ text: 'Our bells ring at noon' }] }, targets: [{ account: account.id }] };
    const answer = await fetch('/api/v1/posts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { post: (await answer.json()).id, name: account.name };
  });
  await page.goto(path(`/posts/${made.post}`));
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /Put into the evergreen pool/ }).click();
  await page.getByText('This post is in the evergreen pool').waitFor();
  await page.goto(path('/evergreen'));
  await page.getByRole('checkbox', { name: made.name }).first().click();
  await page.getByLabel(`How soon again for ${made.name}`).selectOption('7');
  await page.getByRole('heading', { name: 'What would be filled now' }).waitFor();
  await page.getByRole('button', { name: /^Fill \d+ gap/ }).click();
  const item = page.locator(`[data-post="${made.post}"]`);
  await item.getByText('used once').waitFor();
  await item.locator('a').last().click();
  await page.getByText('From the evergreen pool').waitFor();
});

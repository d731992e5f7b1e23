// One post to every network that there is, with own versions where a network wants something else: from the page, over
// the API and from the command line. Each time it is looked for in every feed.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { call, openBrowser, practice, program, publishNow, setUp, startServer, until } from './world.mjs';

const run = promisify(execFile);
let server, browser, page, folder, clip, networks, accounts;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.open();
  await setUp(page, server);
  await practice(page, server);
  networks = (await call(page, 'GET', '/networks')).items;
  accounts = (await call(page, 'GET', '/accounts')).items.filter((a) => networkOf(a).kinds.length > 0);
  folder = await mkdtemp(join(tmpdir(), 'carillon-everywhere-'));
  clip = join(folder, 'kneading.mp4');
  // Upright, as reels and shorts are; sound, because some networks want it.
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=720x1280:rate=30', '-f', 'lavfi', '-i', 'sine=440'],
    ...['-t', '5', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart', clip],
  ]);
});
after(async () => {
  assert.deepEqual(browser?.trouble, []);
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const networkOf = (account) => networks.find((n) => n.network === account.network);
const takes = (account, kind) => networkOf(account).kinds.some((k) => k.kind === kind);
const film = (account) => takes(account, 'video') || takes(account, 'reel');
// Looks until the words stand in every feed; Mastodon has its own.
async function inEveryFeed(words, own) {
  let missing;
  const look = async () => {
    const feeds = await Promise.all(accounts.map(async (a) => [a.network, await server.feed(a.network)]));
    missing = feeds.filter(([network, feed]) => !feed.includes(network === 'mastodon' ? own : words));
    return missing.length === 0;
  };
  await until(look, words, 60_000).catch(() => assert.fail(`“${words}” is not to be seen on ${missing.map(([n]) => n)}`));
}

async function settled(id) {
  let state;
  const look = async () => (state = (await call(page, 'GET', `/posts/${id}`)).state) === 'delivered';
  await until(look, 'delivered', 60_000).catch(() => assert.equal(state, 'delivered')); // networks work on films for a while
}

test('there are a dozen networks to publish on', () => assert.ok(accounts.length >= 12, accounts.map((a) => a.network).join()));

test('from the page', async () => {
  await page.goto(`${server.base}/compose?accounts=${accounts.map((a) => a.id).join()}`);
  await page.getByLabel('Text', { exact: true }).fill('Dough from the page');
  await page.locator('input[type=file]').setInputFiles(clip);
  await page.getByRole('button', { name: 'File 1: add alternative text' }).click();
  await page.getByLabel('Alternative text').fill('Dough is kneaded');
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  for (const account of accounts.filter((a) => a.network === 'mastodon' || !film(a))) {
    const { label } = networkOf(account);
    await page.getByRole('tab', { name: new RegExp(`${label}`) }).click();
    await page.getByRole('button', { name: /^Edit for/ }).click();
    if (film(account)) await page.getByLabel('Text', { exact: true }).fill('Federated dough from the page');
    else await page.getByRole('button', { name: 'Remove file 1' }).click();
  }
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await publishNow(page);
  await inEveryFeed('Dough from the page', 'Federated dough from the page');
  await settled(page.url().split('/').pop());
});

test('over the API', async () => {
  const bytes = (await readFile(clip)).toString('base64');
  const media = await page.evaluate(async (data) => {
    const body = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const headers = { 'content-type': 'video/mp4' };
    return (await fetch('/api/v1/media?name=kneading.mp4', { method: 'POST', headers, body })).json();
  }, bytes);
  const content = (text, withFilm) => ({ parts: [{ text, media: withFilm ? [{ id: media.id, alt: 'Dough' }] : [] }] });
  const own = (account) =>
    account.network === 'mastodon'
      ? content('Federated dough from the API', true)
      : film(account)
        ? undefined
        : content('Dough from the API', false);
  const { id } = await call(page, 'POST', '/posts', {
    content: content('Dough from the API', true),
    targets: accounts.map((a) => ({ account: a.id, content: own(a) })),
    now: true,
  });
  await inEveryFeed('Dough from the API', 'Federated dough from the API');
  await settled(id);
});

test('from the command line', async () => {
  const to = accounts.flatMap((a) => ['--to', a.network]);
  const own = accounts.filter((a) => !film(a)).flatMap((a) => ['--own-media', `${a.network}=none`]);
  const words = ['post', 'Dough from the shell', '--own', 'mastodon=Federated dough from the shell', '--media', clip];
  const { stdout } = await run(program, [...words, ...to, ...own, '--wait', '--json', '--data', server.data]);
  assert.equal(JSON.parse(stdout).state, 'delivered');
  await inEveryFeed('Dough from the shell', 'Federated dough from the shell');
});

// What networks take besides: covers of films, photos that are fetched, pictures in articles; films that are cut; and what
// only the writer can answer: is it paid, were the previews seen. Looked at by axe, and in the sandbox's feeds.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { makeFilm, makePhoto } from './films.mjs';
import { shoot } from './shoot.mjs';
import { connect, openBrowser, publishNow, setUp, startServer, until } from './world.mjs';

const networks = [
  { id: 'youtube', label: 'YouTube' },
  { id: 'tiktok', label: 'TikTok' },
  { id: 'x', label: 'X' },
  { id: 'threads', label: 'Threads' },
];

let server, browser, page, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-attention-'));
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
  for (const network of networks) await connect(page, server, network);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const film = (name, ...how) => makeFilm(join(folder, name), ...how);
const photo = (name, size) => makePhoto(join(folder, name), size);

const dialog = () => page.getByRole('dialog');
const findings = () => page.locator('#findings');
const text = () => page.getByLabel('Text', { exact: true });

async function compose(label, words, files = []) {
  await page.goto(`${server.base}/compose`);
  await page.getByRole('button', { name: new RegExp(`^${label}: `) }).first().click();
  await text().fill(words);
  if (!files.length) return;
  await page.locator('input[type=file]').first().setInputFiles(files);
  await page.locator('[data-part="0"] ol img').nth(files.length - 1).waitFor();
}
test('a film on YouTube gets the cover that was chosen for it', async () => {
  await compose('YouTube', 'How a bell is cast', [film('casting.mp4', 4)]);
  await page.locator('[data-part="0"] ol button').first().click();
  await dialog().getByRole('button', { name: 'Choose a cover…' }).click();
  await dialog().getByText('YouTube').waitFor();
  await dialog().getByRole('button', { name: 'Use this moment' }).click();
  await dialog().getByRole('button', { name: 'Change the cover…' }).waitFor();
  await dialog().getByRole('button', { name: 'Done' }).click();
  await publishNow(page);
  await until(async () => (await server.feed('youtube')).includes('Cover of a video'), 'the cover is in the feed');
  await page.getByText('Published', { exact: true }).first().waitFor();
});

test('photos on TikTok are fetched from the server', async () => {
  await compose('TikTok', 'Two bells', [photo('one.jpg', '1000x1000'), photo('two.jpg', '900x1200')]);
  await publishNow(page);
  await until(async () => (await server.feed('tiktok')).includes('Two bells'), 'they are in the feed');
  assert.equal(((await server.feed('tiktok')).match(/<figure>/g) ?? []).length, 2);
});

test('a film that is too long is cut to the piece that a person chooses', async () => {
  await compose('Threads', 'A long talk', [film('talk.mp4', 320, '160x90')]);
  const fit = findings().getByRole('button', { name: 'Fit for Threads' });
  await fit.waitFor();
  await findings().getByText(/the first 5 min/).waitFor();
  await fit.click();
  const begin = dialog().getByLabel(/Where it begins/);
  await begin.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
  await dialog().getByText('0:10 to 5:09 of 5:20').waitFor();
  await shoot(page, 'cut');
  await isClean(page, 'where it begins');
  await dialog().getByRole('button', { name: 'Make the copy' }).click();
  await page.getByText('The copy is in place. The original is kept.').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
});

test('whoever writes is asked whether it is paid, and answers with one click', async () => {
  await compose('Threads', 'Get yours with my promo code BELL');
  const add = findings().getByRole('button', { name: 'Add #ad' });
  await add.waitFor();
  await shoot(page, 'paid');
  await isClean(page, 'is it paid');
  await add.click();
  assert.equal(await text().inputValue(), '#ad Get yours with my promo code BELL');
  await add.waitFor({ state: 'detached' });
  await text().fill('Mit meinem Rabattcode GLOCKE');
  await findings().getByRole('button', { name: 'Add #Anzeige' }).waitFor();
  await findings().getByRole('button', { name: 'It is not paid' }).click();
  await findings().getByRole('button', { name: 'Add #Anzeige' }).waitFor({ state: 'detached' });
  await findings().getByText('You said that nobody pays').waitFor({ state: 'attached' });
});

test('a preview that was not looked at is told of until it was', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await compose('X', 'Ring the bell');
  await findings().getByText(/hint|note/i).first().click();
  await findings().getByText('The preview for X was not looked at yet.').waitFor();
  await isClean(page, 'the preview was not seen');
  await findings().getByRole('button', { name: 'Open preview' }).click();
  await dialog().getByText('Ring the bell').waitFor();
  await findings().getByText('The preview for X was not looked at yet.').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('an article on X has a cover', async () => {
  await compose('X', 'First the clay.\n\nThen the bronze.', [photo('bell.png', '800x450')]);
  await page.locator('details summary', { hasText: 'X settings' }).click();
  await page.getByLabel('Published as', { exact: true }).selectOption('article');
  await page.getByLabel('Title of the article', { exact: true }).fill('How a bell is cast');
  await findings().getByText('The picture becomes the cover of the article.').waitFor({ state: 'attached' });
  await publishNow(page);
  await until(async () => (await server.feed('x')).includes('How a bell is cast'), 'it is in the feed');
  assert.match(await server.feed('x'), /<figure><img src="\/x\/media\//);
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

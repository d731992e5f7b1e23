// Files that do not go as they are: one click makes a copy that goes, for that network alone; a crop by keyboard; a cover
// of a film; and the way back. Looked at by axe, and in the sandbox's feed.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { makeFilm, makePhoto } from './films.mjs';
import { shoot } from './shoot.mjs';
import { connect, openBrowser, publishNow, setUp, startServer, until } from './world.mjs';

let server, browser, page, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-crop-'));
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
  for (const network of [
    { id: 'instagram', label: 'Instagram' },
    { id: 'mastodon', label: 'Mastodon' },
  ])
    await connect(page, server, network);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const widePicture = () => makePhoto(join(folder, 'market.png'), '1500x500');

async function clean(where) {
  await isClean(page, where);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

const dialog = () => page.getByRole('dialog');
const findings = () => page.locator('#findings');
const originOf = (id) =>
  page.evaluate(async (file) => (await (await fetch(`/api/v1/media/${file}`)).json()).origin, id);
const shownFile = async () =>
  /media\/([0-9a-f-]{36})\//.exec(await page.locator('[data-part="0"] ol img').first().getAttribute('src'))[1];

async function compose(file, text) {
  await page.goto(`${server.base}/compose`);
  for (const label of ['Instagram', 'Mastodon'])
    await page.getByRole('button', { name: new RegExp(`^${label}: `) }).first().click();
  await page.getByLabel('Text', { exact: true }).fill(text);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.locator('[data-part="0"] ol img').first().waitFor();
}

test('a picture that is too wide gets a copy for Instagram with one click, and goes out', async () => {
  await compose(widePicture(), 'The market opens');
  const fit = findings().getByRole('button', { name: 'Fit for Instagram' });
  await fit.waitFor();
  assert.equal(await fit.count(), 1, 'one button, whatever is wrong with the file');
  await findings().getByText('Makes a copy: cropped to 1.91:1, JPEG.').waitFor();
  await shoot(page, 'fit-finding');
  await clean('the finding');
  const original = await shownFile();
  await fit.click();
  await page.getByText('The copy is in place. The original is kept.').waitFor();
  assert.equal(await shownFile(), original, 'the others keep the original');
  await page.getByRole('tab').nth(1).click();
  await page.locator('[data-part="0"]').getByText('cropped to 1.91:1, JPEG').waitFor();
  assert.equal((await originOf(await shownFile())).media, original);
  await shoot(page, 'fit-mark');
  await page.locator('[data-part="0"] ol button').first().click();
  await dialog().getByText('Original', { exact: true }).waitFor();
  await dialog().getByRole('button', { name: 'Back to the original' }).waitFor();
  await shoot(page, 'fit-compare');
  await clean('original and copy');
  await dialog().getByLabel('Alternative text').fill('Stalls on a square');
  await dialog().getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Ready', exact: true }).waitFor();
  await publishNow(page);
  await until(async () => (await server.feed('instagram')).includes('The market opens'), 'it is in the feed');
  const feed = await server.feed('instagram');
  const picture = /\/instagram\/media\/[^"]+/.exec(feed)[0];
  const bytes = Buffer.from(await (await fetch(server.sandbox + picture)).arrayBuffer());
  assert.equal(bytes.subarray(0, 3).toString('hex'), 'ffd8ff', 'a JPEG');
});

test('a crop by keyboard: shape, focus, closer', async () => {
  await compose(widePicture(), 'Cropped by hand');
  await page.locator('[data-part="0"] ol button').first().focus();
  await page.keyboard.press('Enter');
  await dialog().getByRole('button', { name: 'Crop…' }).focus();
  await page.keyboard.press('Enter');
  const focus = dialog().getByRole('button', { name: /^Focus point/ });
  await focus.waitFor();
  assert.ok(await focus.evaluate((element) => element === document.activeElement), 'the focus point has the focus');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await dialog().getByRole('button', { name: /^Focus point: 80 % from the left/ }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.match(await dialog().getByRole('radio', { checked: true }).locator('..').textContent(), /1:1.*Instagram: square/);
  await page.keyboard.press('Tab');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await dialog().getByText('250 × 250 px').or(dialog().getByText(/250.*250/)).first().waitFor();
  await shoot(page, 'crop');
  await clean('the crop');
  await dialog().getByRole('button', { name: 'Make the copy' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-part="0"]').getByText(/cropped to 1:1/).waitFor();
  const { recipe } = await originOf(await shownFile());
  assert.deepEqual(recipe.crop, { x: 1075, y: 125, width: 250, height: 250 });
});

test('the cover of a film is a moment of it', async () => {
  const film = makeFilm(join(folder, 'film.mp4'), 5, '540x960', 12);
  await compose(film, 'Moving pictures');
  await page.locator('[data-part="0"] ol button').first().click();
  await dialog().getByRole('button', { name: 'Choose a cover…' }).click();
  const moment = dialog().getByLabel(/Moment/);
  await moment.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
  await dialog().getByText('0:02.0').waitFor();
  await shoot(page, 'cover');
  await clean('the cover');
  await dialog().getByRole('button', { name: 'Use this moment' }).click();
  await dialog().getByRole('button', { name: 'Change the cover…' }).waitFor();
  await dialog().getByRole('button', { name: 'Done' }).click();
  const { at_ms } = (await originOf(await shownFile())).recipe;
  assert.equal(at_ms, 2000, 'the strip shows the moment');
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

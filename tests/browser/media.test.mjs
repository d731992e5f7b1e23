// The media library: uploads that are cut go on, also after the page was closed; folders, tags, many files at once, and
// what the composer takes from it. By keyboard, and looked at by axe.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { openBrowser, picture, setUp, startServer, until } from './world.mjs';

let server, browser, page, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-media-'));
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  page.on('dialog', (asked) => asked.accept()); // "leave this page?", while something is uploaded
  await setUp(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const clean = (where) => isClean(page, where);
const call = (method, path, body) =>
  page.evaluate(
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
const named = async (name) => (await call('GET', `/media?text=${encodeURIComponent(name)}`)).body.items[0];
const unfinished = async () => (await call('GET', '/uploads')).body.items;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const dialog = () => page.getByRole('dialog');
const card = (name) => page.locator(`li[data-file="${name}"]`);
const choose = (...files) => page.locator('input[type=file]').setInputFiles(files);

// A picture that is larger than what is sent in one request: three pieces.
async function large(name, n) {
  const bytes = Buffer.concat([picture(300, 200, n), Buffer.alloc(20_000_000, n + 1)]);
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, bytes };
}
const pieces = '**/api/v1/uploads/*';
const isPiece = (route) => route.request().method() === 'PATCH';

test('an upload that is cut in the middle goes on by itself where it stood', async () => {
  await page.goto(`${server.base}/media`);
  await page.getByText('No media yet').waitFor();
  const film = await large('fair.png', 1);
  const offsets = [];
  await page.route(pieces, (route) => {
    if (!isPiece(route)) return route.continue();
    offsets.push(Number(route.request().headers()['upload-offset']));
    return offsets.length === 2 ? route.abort('connectionreset') : route.continue();
  });
  await choose(film.path);
  await page.getByText('The server cannot be reached.').waitFor();
  await clean('media, an upload that waits');
  await page.getByText('One file is uploaded.').waitFor();
  await page.unroute(pieces);
  assert.equal(offsets[0], 0);
  assert.ok(offsets[1] > 0);
  assert.equal(offsets[2], offsets[1], 'the piece that was cut is sent again, nothing else');
  assert.equal((await named('fair.png')).sha256, sha256(film.bytes));
  await card('fair.png').waitFor();
});

test('a page that was closed in the middle offers to go on with the same file', async () => {
  const film = await large('market.png', 2);
  let sent = 0;
  await page.route(pieces, (route) => (isPiece(route) && ++sent > 1 ? undefined : route.continue()));
  await choose(film.path);
  await until(async () => (await unfinished())[0]?.offset > 0, 'the first piece has arrived');
  await page.unroute(pieces, { behavior: 'ignoreErrors' });
  await page.reload();
  const left = page.locator('[data-unfinished="market.png"]');
  await left.getByText(/have arrived\. Choose the same file to go on\./).waitFor();
  await clean('media, unfinished upload');
  const offsets = [];
  await page.route(pieces, (route) => {
    if (isPiece(route)) offsets.push(Number(route.request().headers()['upload-offset']));
    return route.continue();
  });
  await choose(film.path);
  await page.getByText('One file is uploaded.').waitFor();
  await page.unroute(pieces);
  assert.ok(offsets[0] > 0, `what had arrived is not sent again: ${offsets}`);
  assert.equal((await named('market.png')).sha256, sha256(film.bytes));
  await left.waitFor({ state: 'detached' });
});

test('a canceled upload leaves nothing behind', async () => {
  const film = await large('gone.png', 3);
  let sent = 0;
  await page.route(pieces, (route) => (isPiece(route) && ++sent > 1 ? undefined : route.continue()));
  await choose(film.path);
  await until(async () => (await unfinished())[0]?.offset > 0, 'the first piece has arrived');
  await page.getByRole('button', { name: 'Cancel gone.png' }).click();
  await until(async () => (await unfinished()).length === 0, 'the server has forgotten it');
  await page.unroute(pieces, { behavior: 'ignoreErrors' });
  await page.reload();
  await card('fair.png').waitFor();
  assert.equal(await page.getByText('gone.png').count(), 0);
});

test('folders are made by keyboard, and files are uploaded into them', async () => {
  await page.getByRole('button', { name: 'New folder' }).focus();
  await page.keyboard.press('Enter');
  await dialog().waitFor();
  await page.keyboard.type('Summer');
  await clean('new folder');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Summer' }).waitFor();
  await page.getByText('Nothing in here yet').waitFor();
  await clean('media, an empty folder');
  const file = (name, n) => ({ name, mimeType: 'image/png', buffer: picture(600, 400, n) });
  await choose(file('cake.png', 1), file('pie.png', 2), file('tea.png', 3));
  for (const name of ['cake.png', 'pie.png', 'tea.png']) await card(name).waitFor();
  assert.equal(await card('fair.png').count(), 0, 'that one is in no folder');
  await page.getByRole('button', { name: 'More about the folder Summer' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'New folder in here' }).waitFor();
  await page.keyboard.press('Enter');
  await dialog().waitFor();
  await page.keyboard.type('Cakes');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Cakes' }).waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button', { name: 'Summer' }).click();
  await card('tea.png').waitFor();
});

test('many files are tagged and moved at once by keyboard', async () => {
  for (const name of ['cake.png', 'pie.png']) {
    await page.getByLabel(`Choose ${name}`).focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('region', { name: 'Chosen files' }).getByRole('button', { name: 'Tags' }).focus();
  await page.keyboard.press('Enter');
  await dialog().waitFor();
  await page.keyboard.type('sweet, 2026');
  await page.keyboard.press('Enter');
  await clean('tags of files');
  await dialog().getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The tags of 2 files are changed.').waitFor();
  await card('cake.png').getByText('sweet · 2026').waitFor();
  await page.getByLabel('Choose cake.png').check();
  await page.getByRole('region', { name: 'Chosen files' }).getByRole('button', { name: 'Move' }).click();
  await dialog().getByLabel('Folder').selectOption({ label: 'Summer / Cakes' });
  await clean('move files');
  await dialog().getByRole('button', { name: 'Move here' }).click();
  await page.getByText('One file is in Summer/Cakes now.').waitFor();
  await card('cake.png').waitFor({ state: 'detached' });
  assert.equal((await named('cake.png')).folder, 'Summer/Cakes');
});

test('a file is dragged onto a folder, and the move is undone', async () => {
  const files = page.getByRole('list', { name: 'Media', exact: true });
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: 'Cakes' }).click();
  await card('cake.png').dragTo(page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: 'Summer' }));
  await page.getByText('One file is in Summer now.').waitFor();
  await card('cake.png').waitFor({ state: 'detached' });
  assert.equal(await files.count(), 0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await card('cake.png').waitFor();
  assert.equal((await named('cake.png')).folder, 'Summer/Cakes');
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: 'Summer' }).click();
  await card('tea.png').waitFor();
});

test('files are found by tag, in order, and below a folder', async () => {
  await page.getByLabel('Tag', { exact: true }).selectOption('sweet');
  await card('cake.png').waitFor();
  await card('tea.png').waitFor({ state: 'detached' });
  await clean('media, found by tag');
  await page.getByLabel('Tag', { exact: true }).selectOption('');
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: 'All files' }).click();
  await page.getByLabel('Order').selectOption('name');
  await page.waitForFunction(() => {
    const names = [...document.querySelectorAll('li[data-file]')].map((each) => each.dataset.file);
    return names.join(' ') === 'cake.png fair.png market.png pie.png tea.png';
  });
  await clean('media, full');
});

test('a file is renamed and described, and the composer begins with its words', async () => {
  await card('cake.png').getByRole('button').first().click();
  await dialog().getByLabel('Name').fill('plum cake.png');
  await dialog().getByLabel('Alternative text').fill('A plum cake on a blue plate');
  await clean('one file');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.keyboard.press('Escape');
  await card('plum cake.png').waitFor();
  await page.goto(`${server.base}/compose`);
  await page.getByRole('button', { name: 'From the library' }).focus();
  await page.keyboard.press('Enter');
  await dialog().getByRole('button', { name: 'plum cake.png' }).waitFor();
  await clean('from the library');
  await dialog().getByLabel('Folder').selectOption({ label: 'Summer' });
  await dialog().getByRole('button', { name: 'fair.png' }).waitFor({ state: 'detached' });
  await dialog().getByRole('button', { name: 'pie.png' }).waitFor();
  await dialog().getByLabel('Search name, tag, description').fill('blue plate');
  await dialog().getByRole('button', { name: 'pie.png' }).waitFor({ state: 'detached' });
  await dialog().getByRole('button', { name: 'plum cake.png' }).focus();
  await page.keyboard.press('Space');
  await dialog().getByRole('button', { name: 'Add to the post' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'File 1: A plum cake on a blue plate. Edit the alternative text' }).waitFor();
});

test('what a post uses is refused by name; a folder with files in it stays', async () => {
  const cake = await named('plum cake.png');
  const content = { parts: [{ text: 'Fresh cakes from nine', media: [{ id: cake.id }] }] };
  assert.equal((await call('POST', '/posts', { content })).status, 201);
  await page.goto(`${server.base}/media?folder=Summer%2FCakes`);
  // A post takes the file after this page has read that it is unused.
  await page.route('**/api/v1/media?*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    for (const item of body.items) item.uses = item.copies.uses = 0;
    await route.fulfill({ response: answer, json: body });
  });
  await page.reload();
  await page.getByLabel('Choose plum cake.png').check();
  await page.getByRole('button', { name: 'Delete one file' }).click();
  await dialog().getByRole('button', { name: 'Delete one file' }).click();
  await page.getByText('plum cake.png is used by 1 post.').waitFor();
  await page.unroute('**/api/v1/media?*');
  await page.reload();
  await page.getByRole('button', { name: 'More about the folder Cakes' }).click();
  await page.getByRole('menuitem', { name: 'Delete folder' }).click();
  await dialog().getByRole('button', { name: 'Delete folder' }).click();
  await page.getByText('The folder Summer/Cakes is not empty: 1 file is in it.').waitFor();
  await page.getByRole('button', { name: 'More about the folder Cakes' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await dialog().getByLabel('Name').fill('Tarts');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Tarts' }).waitFor();
  await card('plum cake.png').waitFor();
});

test('an original stands once; its copies are in its sheet, with the networks that they are for', async () => {
  await page.goto(`${server.base}/media`);
  await choose({ name: 'wide.png', mimeType: 'image/png', buffer: picture(1500, 500) });
  await card('wide.png').waitFor();
  const { id } = await named('wide.png');
  assert.equal((await call('POST', `/media/${id}/derivatives`, { for: 'instagram' })).status, 201);
  await page.goto(`${server.base}/media?text=wide`);
  await card('wide.png').getByText('One copy that fits').waitFor();
  assert.equal(await page.locator('li[data-file]').count(), 1, 'the copy is no card of its own');
  await card('wide.png').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await dialog().getByRole('heading', { name: /^One copy that fits: .*Instagram/ }).waitFor();
  await clean('a file with a copy');
  await dialog().getByRole('button', { name: /cropped to 1.91:1/ }).focus();
  await page.keyboard.press('Enter');
  await dialog().getByRole('heading', { name: /^wide \(cropped/ }).waitFor();
  await dialog().getByRole('button', { name: /^wide.png/ }).waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('on a phone, folders are a list to choose from', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.base}/media`);
  await page.getByRole('combobox', { name: 'Folder' }).selectOption({ label: 'Summer' });
  await card('tea.png').waitFor();
  await clean('media on a phone');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, 'nothing sticks out');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

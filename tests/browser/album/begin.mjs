// The first minutes: setting up, empty screens, connecting; and pictures for the chapters after it.
import { connectAll, picture, setUp } from '../world.mjs';

const empty = [
  ['posts', 'Connect an account first'],
  ['calendar', 'Connect an account first'],
  ['notifications', 'Nothing to tell'],
];

export async function begin(album) {
  const { page, server, shoot, visit } = album;
  await page.goto(server.setup);
  await page.getByLabel('Workspace').fill('Corner Shop');
  await page.getByLabel('Password', { exact: true }).fill('four unrelated garden');
  await shoot('setup');
  await setUp(page, server);
  await page.getByRole('heading', { name: 'Connect your first account' }).waitFor();
  await shoot('accounts-empty');
  for (const [place, text] of empty) await visit(`${place}-empty`, `/${place}`, text);
  await page.goto(`${server.base}/accounts`);
  await page.getByRole('button', { name: 'Connect X' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot('connect');
  await page.keyboard.press('Escape');
  await connectAll(page, server);
  await shoot('accounts');
  await remember(album);
}

// What the other chapters write with.
async function remember(album) {
  album.accounts = (await album.call('GET', '/accounts')).items;
  album.id = (network) => album.accounts.find((account) => account.network === network).id;
  album.all = album.accounts.map((account) => ({ account: account.id }));
  album.pictures = [];
  for (const [hue, alt] of [[0, 'The hill at sunrise'], [2, 'The hill at noon'], [4, 'The hill in the evening']])
    album.pictures.push({ id: await upload(album.page, picture(1200, 800, hue), `hill-${hue}.png`), alt });
}

const upload = (page, bytes, name) =>
  page.evaluate(
    async ([base64, file]) => {
      const answer = await fetch('/api/v1/media', {
        method: 'POST',
        headers: { 'content-type': 'image/png', 'x-file-name': file },
        body: Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
      });
      return (await answer.json()).id;
    },
    [bytes.toString('base64'), name],
  );

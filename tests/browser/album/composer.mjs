// The composer: blank, full, in trouble, with its dialogs.
import { compose, picture } from '../world.mjs';

const tart =
  'Fresh cakes from nine o’clock, and the plum tart is back. Come early, it was gone by noon last year! https://cornershop.example.com/autumn #bakery';
const files = [0, 2].map((hue) => ({ name: `hill-${hue}.png`, mimeType: 'image/png', buffer: picture(1200, 800, hue) }));

export async function composer(album) {
  const { page, server, shoot } = album;
  await page.goto(`${server.base}/compose`);
  await page.getByLabel('Text', { exact: true }).waitFor();
  await shoot('compose-blank');
  await compose(page, server, { text: tart, inSeconds: 93_000 });
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByRole('button', { name: /^File 2: add/ }).waitFor();
  await page.getByRole('region', { name: 'Readiness' }).waitFor();
  await shoot('compose');
  await ways(album);
  const text = page.getByLabel('Text', { exact: true });
  await text.fill(`${tart} ${'And there is more to say about it. '.repeat(8)}`);
  await page.getByRole('button', { name: /problem/ }).click();
  await page.getByRole('button', { name: 'Split into a thread' }).first().waitFor();
  await shoot('compose-too-long');
  await page.getByRole('button', { name: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/ }).click();
  await page.getByLabel('Time', { exact: true }).waitFor();
  await shoot('compose-time');
}

async function ways({ page, shoot }) {
  await page.getByRole('button', { name: 'Other ways to publish' }).click();
  await page.getByRole('menu').waitFor();
  await shoot('compose-ways');
  await page.keyboard.press('Escape');
}

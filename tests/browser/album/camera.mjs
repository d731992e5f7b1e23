// Takes pictures of screens, 1440 and 390 wide, by day and by night, into tests/browser/shots/ (git-ignored).
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { call, openBrowser, startServer } from '../world.mjs';

const folder = fileURLToPath(new URL('../shots/', import.meta.url));
const sizes = [
  [1440, 900],
  [390, 844],
];

async function look(page, width, height, colorScheme) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

// A fresh workspace's page, its server, and what every chapter does with them.
export async function openAlbum() {
  await mkdir(folder, { recursive: true });
  const server = await startServer();
  const browser = await openBrowser({ reducedMotion: 'reduce' });
  const page = await browser.open();

  async function shoot(name, { full = false } = {}) {
    await page.waitForLoadState('networkidle').catch(() => {});
    for (const [width, height] of sizes)
      for (const scheme of ['light', 'dark']) {
        await look(page, width, height, scheme);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png`, fullPage: full });
      }
    await look(page, 1440, 900, 'light');
    console.log(name);
  }
  const ask = (...request) => call(page, ...request);
  return {
    page,
    server,
    shoot,
    call: ask,
    make: (body) => ask('POST', '/posts', body, { 'Idempotency-Key': crypto.randomUUID() }),
    // Goes to a place of the page, waits for a text there, takes the picture.
    visit: async (name, path, text, how) => {
      await page.goto(server.base + path);
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      await shoot(name, how);
    },
    close: async () => {
      for (const line of browser.trouble) console.error(line);
      await browser.close();
      await server.stop();
    },
  };
}

// Screenshots for whoever looks at them: two widths, light and dark. Only when $SHOTS is set.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = process.env.SHOTS && fileURLToPath(new URL('shots/', import.meta.url));
const wide = { width: 1440, height: 900 };

export async function shoot(page, name) {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const size of [wide, { width: 390, height: 844 }])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: `${folder}${name}-${size.width}-${colorScheme}.png` });
    }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

// What is measured of the page, for the test that holds it and the bench that prints it.
import { dayAfter, zone } from './world.mjs';

const two = (n) => String(n).padStart(2, '0');
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const at95 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)];

// n times spread over the 28 days after a day, from 00:00 to 23:59.
export const spread = (day, n) => (i) => ({
  local: `${dayAfter(day, i % 28)}T${two(Math.floor(i / 28) % 24)}:${two((i * 7) % 60)}`,
  zone,
});

// Bytes over the wire and milliseconds until the screen can be used, with a cold cache.
export async function firstScreen(browser, server, path, ready) {
  const page = await browser.open();
  await page.goto(`${server.base}/livez`);
  const began = Date.now();
  await page.goto(server.base + path);
  await ready(page);
  const ms = Date.now() - began;
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .concat(performance.getEntriesByType('navigation'))
      .filter((entry) => !entry.name.includes('/api/'))
      .reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0),
  );
  await page.context().close();
  return { ms, bytes };
}

// Drags the first card that can be dragged in rounds over the grid. Gives the work of each frame in milliseconds: the
// time from the frame's beginning until its scripts, style, layout and paint are done; and the time between frames.
export async function dragFrames(page, moves = 90) {
  const card = page.locator('[data-post][data-movable]').first();
  await card.scrollIntoViewIfNeeded();
  const from = await card.boundingBox();
  const cells = await page.locator('[data-slot]').evaluateAll((all) =>
    all.map((c) => c.getBoundingClientRect()).map((r) => [r.left + r.width / 2, r.top + r.height / 2]),
  );
  const seen = cells.filter(([, y]) => y > 120 && y < 800);
  await page.evaluate(() => {
    window.work = [];
    window.between = [];
    window.watching = true;
    let last = 0;
    const channel = new MessageChannel();
    let began = 0;
    channel.port1.onmessage = () => window.work.push(performance.now() - began);
    const tick = (time) => {
      if (last) window.between.push(time - last);
      last = time;
      began = performance.now();
      channel.port2.postMessage(0); // comes after this frame's style, layout and paint
      if (window.watching) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  for (let i = 0; i < moves; i++) {
    const [x, y] = seen[(i * 5) % seen.length];
    await page.mouse.move(x, y, { steps: 3 });
  }
  const over = await page.locator('[data-over]').count();
  await page.keyboard.press('Escape'); // back where it was
  await page.mouse.up();
  const { work, between } = await page.evaluate(() => {
    window.watching = false;
    return { work: window.work, between: window.between };
  });
  return { work, between, over };
}

// Goes down a list by cursor until so many rows were shown. Gives how many rows existed at most.
export async function scrollList(page, rows) {
  let most = 0;
  const count = () => page.locator('main li').count();
  for (let seen = 0; seen < rows; ) {
    await page.mouse.wheel(0, 2400);
    seen = await page.evaluate(() => Number(document.querySelectorAll('[data-piece]').length) * 30);
    most = Math.max(most, await count());
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  return most;
}

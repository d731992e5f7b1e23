// Posts that are out, failed, uncertain and planned; the calendar; the sandbox's drawer.
import { until, wallClock, zone } from '../world.mjs';

const tart =
  'Fresh cakes from nine o’clock, and the plum tart is back. Come early, it was gone by noon last year! https://cornershop.example.com/autumn #bakery';
const thanks = ['Thank you! 1,204 of you came to the street party.', 'The raffle was won by ticket 0417.'];
const inHours = (hours, where = zone) => ({ local: wallClock(Date.now() + hours * 3600_000), zone: where });
const words = (...texts) => ({ parts: texts.map((text) => ({ text })) });

export async function posts(album) {
  const written = await write(album);
  await album.visit('posts', '/posts', 'Autumn sale');
  await calendar(album);
  await drawer(album);
  for (const [name, post] of Object.entries(written)) {
    await album.page.goto(`${album.server.base}/posts/${post.id}`);
    await album.page.getByRole('heading', { level: 1 }).waitFor();
    await album.page.getByRole('figure').waitFor();
    await album.shoot(`post-${name}`, { full: true });
  }
  await unanswered(album);
}

async function write({ call, make, all, id, pictures, server }) {
  const state = async (post) => (await call('GET', `/posts/${post.id}`)).state;
  const becomes = (post, ...states) => until(async () => states.includes(await state(post)), states[0], 60_000);
  const published = await make({
    content: { parts: [{ text: tart, media: pictures.slice(0, 1) }] },
    targets: all,
    now: true,
    tags: ['autumn'],
  });
  await make({ content: words(...thanks), targets: [{ account: id('x') }, { account: id('mastodon') }], now: true });
  // Markup that Telegram refuses, and an answer that gets lost on its way back.
  const wrong = { ...words('<b>Autumn sale: everything must go'), options: { parse_mode: 'HTML' } };
  const sale = 'Autumn sale: everything must go, from Friday to Sunday. #sale';
  const failed = await make({
    title: 'Autumn sale',
    content: { parts: [{ text: sale, media: pictures.slice(0, 2) }] },
    targets: all.map((t) => (t.account === id('telegram') ? { ...t, content: wrong } : t)),
    now: true,
  });
  await becomes(failed, 'partly', 'failed');
  await server.fault({ network: 'telegram', path: 'sendMessage', kind: 'lose_answer', times: 1, percent: 100 });
  const uncertain = await make({
    content: words('Open until ten tonight, with music from eight.'),
    targets: [{ account: id('telegram') }, { account: id('x') }],
    now: true,
  });
  await becomes(uncertain, 'uncertain');
  const hours = 'Opening hours over the holidays: closed on Thursday and Friday, and back with fresh bread on Saturday at seven.';
  const scheduled = await make({
    content: { parts: [{ text: hours, media: pictures }] },
    targets: all,
    at: inHours(26),
    tags: ['holidays'],
  });
  await make({
    content: words('A look behind the counter: how the sourdough gets its crust.'),
    targets: [{ account: id('facebook') }, { account: id('mastodon') }],
    at: inHours(50, 'America/New_York'),
  });
  await make({ content: words('Something about the new coffee roaster'), targets: [], state: 'draft' });
  await becomes(published, 'delivered');
  return { published, failed, uncertain, scheduled };
}

async function calendar({ visit }) {
  const day = inHours(26).local.slice(0, 10);
  for (const view of ['month', 'week', 'day', 'list'])
    await visit(`calendar-${view}`, `/calendar?on=${day}&view=${view}`, /Opening hours over the holidays/);
  await visit('calendar-nothing', '/calendar?text=nothing', 'No post here is like that.');
}

async function drawer({ page, shoot }) {
  await page.getByRole('button', { name: 'Feeds and faults' }).click();
  const dialog = page.getByRole('dialog', { name: 'The sandbox' });
  await dialog.locator('li[data-network=mastodon]').getByRole('button', { name: 'Outage' }).click();
  await dialog.getByText('On until you heal it').waitFor();
  await shoot('drawer');
  await dialog.getByRole('button', { name: 'Heal all' }).click();
  await page.keyboard.press('Escape');
}

// The server is gone: what the screens say then.
async function unanswered({ page, server, shoot }) {
  await page.goto(`${server.base}/accounts`);
  await page.getByText('Test connection').first().waitFor();
  await page.route('**/api/v1/posts?**', (route) => route.abort());
  await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
  await page.getByText('The server does not answer.').first().waitFor();
  await shoot('posts-error');
  await page.unroute('**/api/v1/posts?**');
}

// node tests/browser/shots.mjs: pictures of every screen into tests/browser/shots/ (git-ignored): 1440 and 390 wide,
// by day and by night, empty, full and in trouble; from the real program and its sandbox.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compose, connectAll, openBrowser, picture, setUp, startServer, until, wallClock, zone } from './world.mjs';

const folder = fileURLToPath(new URL('shots/', import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await openBrowser({ reducedMotion: 'reduce' });
const page = await browser.open();
const sizes = [
  [1440, 900],
  [390, 844],
];

async function shoot(name, { full = false } = {}) {
  await page.waitForLoadState('networkidle').catch(() => {});
  for (const [width, height] of sizes)
    for (const scheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png`, fullPage: full });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  console.log(name);
}

// Over the API, with the session of the page.
const call = (method, path, body, headers = {}) =>
  page.evaluate(
    async ([m, p, b, h]) => {
      const answer = await fetch(`/api/v1${p}`, {
        method: m,
        headers: { ...(b && { 'content-type': 'application/json' }), ...h },
        body: b && JSON.stringify(b),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${m} ${p}: ${answer.status} ${text}`);
      return text ? JSON.parse(text) : null;
    },
    [method, path, body, headers],
  );

// Two files into a folder, with tags; a folder beside it stays empty.
async function shelve() {
  const ids = (await call('GET', '/media')).items.slice(0, 2).map((file) => file.id);
  await call('POST', '/media/bulk', { ids, folder: 'Summer', add_tags: ['hill', 'summer'] });
  for (const path of ['Summer/Fair', 'Team']) await call('POST', '/media/folders', { path });
}

try {
  await page.goto(server.setup);
  await page.getByLabel('Workspace').fill('Corner Shop');
  await page.getByLabel('Password', { exact: true }).fill('four unrelated garden');
  await shoot('setup');
  await setUp(page, server);
  await page.getByRole('heading', { name: 'Connect your first account' }).waitFor();
  await shoot('accounts-empty');
  await page.goto(`${server.base}/posts`);
  await page.getByText('Connect an account first').waitFor();
  await shoot('posts-empty');
  await page.goto(`${server.base}/calendar`);
  await page.getByText('Connect an account first').waitFor();
  await shoot('calendar-empty');
  await page.goto(`${server.base}/notifications`);
  await page.getByText('Nothing to tell').waitFor();
  await shoot('notifications-empty');

  await page.goto(`${server.base}/accounts`);
  await page.getByRole('button', { name: 'Connect X' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot('connect');
  await page.keyboard.press('Escape');
  await connectAll(page, server);
  await shoot('accounts');

  const accounts = (await call('GET', '/accounts')).items;
  const id = (network) => accounts.find((a) => a.network === network).id;
  const all = accounts.map((a) => ({ account: a.id }));
  const at = (seconds) => ({ local: wallClock(Date.now() + seconds * 1000), zone });
  const pictures = [];
  for (const hue of [0, 2, 4]) {
    const bytes = picture(1200, 800, hue).toString('base64');
    pictures.push(
      await page.evaluate(
        async ([b64, n]) => {
          const body = Uint8Array.from(atob(b64), (c) => c.charCodeAt(0));
          return (
            await fetch('/api/v1/media', {
              method: 'POST',
              headers: { 'content-type': 'image/png', 'x-file-name': `hill-${n}.png` },
              body,
            })
          ).json();
        },
        [bytes, hue],
      ),
    );
  }
  const media = pictures.map((m, i) => ({
    id: m.id,
    alt: ['The hill at sunrise', 'The hill at noon', 'The hill in the evening'][i],
  }));
  const tart =
    'Fresh cakes from nine o’clock, and the plum tart is back. Come early, it was gone by noon last year! https://cornershop.example.com/autumn #bakery';
  const make = (body) => call('POST', '/posts', body, { 'Idempotency-Key': crypto.randomUUID() });

  const out = await make({
    content: { parts: [{ text: tart, media: media.slice(0, 1) }] },
    targets: all,
    now: true,
    tags: ['autumn'],
  });
  await make({
    content: {
      parts: [
        { text: 'Thank you! 1,204 of you came to the street party.' },
        { text: 'The raffle was won by ticket 0417.' },
      ],
    },
    targets: [{ account: id('x') }, { account: id('mastodon') }],
    now: true,
  });
  // Markup that Telegram refuses, and an answer that gets lost on its way back.
  const wrong = { parts: [{ text: '<b>Autumn sale: everything must go' }], options: { parse_mode: 'HTML' } };
  const sale = await make({
    title: 'Autumn sale',
    content: {
      parts: [{ text: 'Autumn sale: everything must go, from Friday to Sunday. #sale', media: media.slice(0, 2) }],
    },
    targets: all.map((t) => (t.account === id('telegram') ? { ...t, content: wrong } : t)),
    now: true,
  });
  await until(
    async () => ['partly', 'failed'].includes((await call('GET', `/posts/${sale.id}`)).state),
    'one target fails',
    60_000,
  );
  await server.fault({ network: 'telegram', path: 'sendMessage', kind: 'lose_answer', times: 1, percent: 100 });
  const unsure = await make({
    content: { parts: [{ text: 'Open until ten tonight, with music from eight.' }] },
    targets: [{ account: id('telegram') }, { account: id('x') }],
    now: true,
  });
  await until(
    async () => (await call('GET', `/posts/${unsure.id}`)).state === 'uncertain',
    'an answer is lost',
    60_000,
  );
  const planned = await make({
    content: {
      parts: [
        {
          text: 'Opening hours over the holidays: closed on Thursday and Friday, and back with fresh bread on Saturday at seven.',
          media,
        },
      ],
    },
    targets: all,
    at: at(26 * 3600),
    tags: ['holidays'],
  });
  await make({
    content: { parts: [{ text: 'A look behind the counter: how the sourdough gets its crust.' }] },
    targets: [{ account: id('facebook') }, { account: id('mastodon') }],
    at: { local: wallClock(Date.now() + 50 * 3600_000), zone: 'America/New_York' },
  });
  await make({ content: { parts: [{ text: 'Something about the new coffee roaster' }] }, targets: [], state: 'draft' });
  await until(
    async () => (await call('GET', `/posts/${out.id}`)).state === 'delivered',
    'the first post is out',
    60_000,
  );

  await page.goto(`${server.base}/posts`);
  await page.getByText('Autumn sale', { exact: true }).waitFor();
  await shoot('posts');
  for (const view of ['month', 'week', 'day', 'list']) {
    await page.goto(`${server.base}/calendar?on=${wallClock(Date.now() + 26 * 3600_000).slice(0, 10)}&view=${view}`);
    await page.getByText(/Opening hours over the holidays/).first().waitFor();
    await shoot(`calendar-${view}`);
  }
  await page.goto(`${server.base}/calendar?text=nothing`);
  await page.getByText('No post here is like that.').waitFor();
  await shoot('calendar-nothing');
  await page.getByRole('button', { name: 'Feeds and faults' }).click();
  const drawer = page.getByRole('dialog', { name: 'The sandbox' });
  await drawer.locator('li[data-network=mastodon]').getByRole('button', { name: 'Outage' }).click();
  await drawer.getByText('On until you heal it').waitFor();
  await shoot('drawer');
  await drawer.getByRole('button', { name: 'Heal all' }).click();
  await page.keyboard.press('Escape');
  for (const [name, post] of [
    ['post-published', out],
    ['post-failed', sale],
    ['post-uncertain', unsure],
    ['post-scheduled', planned],
  ]) {
    await page.goto(`${server.base}/posts/${post.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('figure').waitFor();
    await shoot(name, { full: true });
  }

  await page.goto(`${server.base}/compose`);
  await page.getByLabel('Text', { exact: true }).waitFor();
  await shoot('compose-blank');
  await compose(page, server, { text: tart, inSeconds: 93_000 });
  await page
    .locator('input[type=file]')
    .setInputFiles(
      [0, 2].map((hue) => ({ name: `hill-${hue}.png`, mimeType: 'image/png', buffer: picture(1200, 800, hue) })),
    );
  await page.getByRole('button', { name: /^File 2: add/ }).waitFor();
  await page.getByRole('region', { name: 'Readiness' }).waitFor();
  await shoot('compose');
  await page.getByLabel('Text', { exact: true }).fill(`${tart} ${'And there is more to say about it. '.repeat(8)}`);
  await page.getByRole('button', { name: /problem/ }).click();
  await page.getByRole('button', { name: 'Split into a thread' }).first().waitFor();
  await shoot('compose-too-long');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/ }).click();
  await page.getByLabel('Time', { exact: true }).waitFor();
  await shoot('compose-time');

  for (const text of ['Plum tart, while it lasts', 'How the sourdough gets its crust'])
    await make({ content: { parts: [{ text }] }, targets: [{ account: id('x') }, { account: id('mastodon') }], queue: 'next' });
  await page.goto(`${server.base}/queue?account=${id('x')}`);
  await page.getByText('Plum tart, while it lasts').waitFor();
  await shoot('queue');
  await page.getByRole('button', { name: 'Edit slots' }).click();
  await page.getByRole('dialog').getByLabel('Time').waitFor();
  await shoot('queue-slots');
  await page.goto(`${server.base}/import`);
  await page.getByText('Drop a CSV file here').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'spring.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('text,accounts,at\nFresh cakes,all,next\nA row to mend,nobody,2026-02-31 09:30\nA draft,x,draft\n'),
  });
  await page.getByRole('button', { name: /^Import 2/ }).waitFor();
  await shoot('import');

  await page.goto(`${server.base}/notifications`);
  await page.getByRole('listitem').first().waitFor();
  await shoot('notifications');
  await page.goto(`${server.base}/members`);
  await page.getByText('You are alone here').waitFor();
  await shoot('members-alone');
  for (const [email, name, role] of [
    ['ben@example.com', 'Ben Okafor', 'editor'],
    ['mina@example.com', 'Mina Castellanos-Grünewald', 'viewer'],
  ])
    await call('POST', '/users', { email, name, role, password: 'seven quiet copper kettles' });
  await page.reload();
  await page.getByText('3 people').waitFor();
  await shoot('members');
  for (const tab of ['you', 'keys', 'audit']) {
    await page.goto(`${server.base}/members?tab=${tab}`);
    await page.locator('#main li').nth(4).waitFor();
    await shoot(`members-${tab}`);
  }
  await page.goto(`${server.base}/media?text=zebra`);
  await page.getByText('Nothing like that').waitFor();
  await shoot('media-nothing');
  await shelve();
  await page.goto(`${server.base}/media`);
  await page.locator('li[data-file]').first().waitFor();
  await shoot('media');
  await page.goto(`${server.base}/media?folder=Summer`);
  await page.getByRole('heading', { name: 'Summer' }).waitFor();
  await shoot('media-folder');
  await page.goto(`${server.base}/media?folder=Team`);
  await page.getByText('Nothing in here yet').waitFor();
  await shoot('media-folder-empty');
  await page.goto(`${server.base}/system`);
  await page.getByText('Emergency stop').waitFor();
  await shoot('system', { full: true });
  await call('POST', '/system/hold', { why: 'A wrong price in the autumn sale' });
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await shoot('system-held');
  await call('POST', '/system/release');

  // The server is gone: what the screens say then.
  await page.goto(`${server.base}/accounts`);
  await page.getByText('Test connection').first().waitFor();
  await page.route('**/api/v1/posts?**', (route) => route.abort());
  await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
  await page.getByText('The server does not answer.').first().waitFor();
  await shoot('posts-error');
  await page.unroute('**/api/v1/posts?**');

  await page.context().clearCookies();
  await page.goto(`${server.base}/sign-in`);
  await page.getByLabel('E-mail').waitFor();
  await shoot('sign-in');
  for (const line of browser.trouble) console.error(line);
} finally {
  await browser.close();
  await server.stop();
}

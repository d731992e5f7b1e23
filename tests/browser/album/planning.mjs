// Everything that plans: queue, import, plan as code, feeds, evergreen, campaigns, tasks, the toolbox.
import { wallClock, zone } from '../world.mjs';

const inDays = (days, clock = '09:30') => `${wallClock(Date.now() + days * 864e5).slice(0, 10)}T${clock}`;
const day = (days) => inDays(days).slice(0, 10);
const csv = 'text,accounts,at\nFresh cakes,all,next\nA row to mend,nobody,2026-02-31 09:30\nA draft,x,draft\n';
const file = (name, mimeType, text) => ({ name, mimeType, buffer: Buffer.from(text) });

export async function planning(album) {
  for (const [place, text] of [
    ['campaigns', 'No campaign yet'],
    ['tasks', /Nothing/],
    ['feeds', /No feed/],
    ['evergreen', /evergreen/i],
  ])
    await album.visit(`${place}-empty`, `/${place}`, text);
  await queue(album);
  await tables(album);
  await feeds(album);
  await evergreen(album);
  await campaigns(album);
  await tasks(album);
  await toolbox(album);
}

async function queue({ page, make, id, visit, shoot }) {
  for (const text of ['Plum tart, while it lasts', 'How the sourdough gets its crust'])
    await make({ content: { parts: [{ text }] }, targets: [{ account: id('x') }, { account: id('mastodon') }], queue: 'next' });
  await visit('queue', `/queue?account=${id('x')}`, 'Plum tart, while it lasts');
  await page.getByRole('button', { name: 'Edit slots' }).click();
  await page.getByRole('dialog').getByLabel('Time').waitFor();
  await shoot('queue-slots');
  await page.keyboard.press('Escape');
}

const plan = (accounts) => `plan: spring
posts:
  - key: opening
    text: We open the garden on Saturday. Bring a friend, bring a spade.
    accounts: [${accounts}]
    at: ${day(120)} 09:30
  - key: seeds
    text: "Seeds for everybody: tomatoes, beans and the old lettuce."
    accounts: [${accounts}]
    at: ${day(121)} 17:00
`;

async function tables({ page, visit, shoot }) {
  await visit('import-empty', '/import', 'Drop a CSV file here');
  await page.locator('input[type=file]').setInputFiles(file('spring.csv', 'text/csv', csv));
  await page.getByRole('button', { name: /^Import 2/ }).waitFor();
  await shoot('import');
  await visit('plan-empty', '/plan', 'Choose a plan');
  const choose = (text) => page.getByLabel('Choose a plan').first().setInputFiles(file('spring.yaml', 'application/yaml', text));
  await choose(plan('x, mastodon'));
  await page.getByRole('button', { name: 'Apply 2 changes' }).click();
  await page.getByRole('button', { name: 'Nothing to apply' }).waitFor();
  await page.getByRole('button', { name: 'Put away' }).click();
  await choose(plan('x, mastodon').replace('a spade', 'two spades').replace('[x, mastodon]\n    at', '[x, nobody]\n    at'));
  await page.getByText(/^Line/).first().waitFor();
  await shoot('plan');
}

async function feeds({ page, call, id, visit, shoot }) {
  for (const [address, every] of [['https://cornershop.example.com/news.xml', 60], ['https://harbour.example.org/atom', 720]])
    await call('POST', '/feeds', { address, accounts: [id('x'), id('mastodon')], every_minutes: every, becomes: 'queued' });
  await visit('feeds', '/feeds', 'cornershop.example.com');
  await page.getByRole('button', { name: 'Follow a feed' }).first().click();
  await page.getByRole('dialog').waitFor();
  await shoot('feeds-form');
  await page.keyboard.press('Escape');
}

async function evergreen({ call, make, id, visit }) {
  await call('PUT', `/accounts/${id('x')}/evergreen`, { again_days: 30 });
  for (const text of ['Did you know? Our rye starter is older than the shop.', 'Every loaf that is left goes to the night shelter.']) {
    const post = await make({ content: { parts: [{ text }] }, targets: [{ account: id('x') }], state: 'draft' });
    await call('PUT', `/evergreen/${post.id}`, {});
  }
  await visit('evergreen', '/evergreen', /rye starter/);
}

async function campaigns({ page, call, make, id, all, visit, shoot }) {
  const christmas = await call('POST', '/campaigns', {
    name: 'Christmas at the bakery',
    notes: 'Stollen, opening hours, a thank-you on the 24th.',
    colour: '#b23a48',
    from: day(3),
    to: day(34),
  });
  const stopped = await call('POST', '/campaigns', { name: 'Summer of sorbet', colour: '#2f6fde' });
  for (const network of ['x', 'mastodon']) await call('POST', `/campaigns/${christmas.id}/enable`, { account: id(network) });
  const content = { parts: [{ text: 'The first stollen is out of the oven.' }] };
  const targets = all.filter((t) => [id('x'), id('mastodon')].includes(t.account));
  await make({ content, targets, at: { local: inDays(4), zone }, campaign: christmas.id });
  await make({ content, targets, now: true, campaign: christmas.id });
  await call('POST', `/campaigns/${stopped.id}/stop`);
  await visit('campaigns', '/campaigns', 'Summer of sorbet');
  await visit('campaign', `/campaigns/${christmas.id}`, 'The first stollen', { full: true });
  await visit('campaign-stopped', `/campaigns/${stopped.id}`, 'Summer of sorbet');
  await page.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: /Edit/ }).click();
  await page.getByRole('dialog').waitFor();
  await shoot('campaign-form');
  await page.keyboard.press('Escape');
}

async function tasks({ call, visit }) {
  const link = 'https://www.linkedin.com/in/ana-lind';
  const note = 'It was good to meet you at the fair. Shall we talk about the bread for your canteen?';
  await call('POST', '/tasks', { kind: 'connect', person: 'Ana Lind', link, note, at: { local: inDays(-1), zone } });
  await call('POST', '/tasks', { kind: 'message', person: 'Jonas Weber', link, note, at: { local: inDays(2), zone } });
  const done = await call('POST', '/tasks', { kind: 'other', person: 'Radio Harbour', note: 'Ask for the interview.' });
  await call('POST', `/tasks/${done.id}/done`);
  await visit('tasks', '/tasks', 'Ana Lind');
}

async function toolbox({ page, server, call, visit, shoot }) {
  await call('POST', '/hashtags', { name: 'Bakery', tags: ['bread', 'sourdough', 'realbread'] });
  await call('PUT', '/variables/opening_hours', { text: 'Tue-Sat 7-18' });
  await call('POST', '/blackouts', { first: day(34), last: day(36), yearly: true, reason: 'Christmas' });
  await visit('toolbox', '/toolbox', 'Bakery');
  for (const tab of ['variables', 'links', 'days', 'warnings']) {
    await page.goto(`${server.base}/toolbox?tab=${tab}`);
    await page.locator('#main li, #main form').first().waitFor();
    await shoot(`toolbox-${tab}`);
  }
}

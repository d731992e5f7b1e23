// A fresh Carillon with its sandbox, and a person who knows how to use the page. $CARILLON names the program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { png } from '../png.mjs';
import { launch } from './browser.mjs';

export const program = process.env.CARILLON ?? fileURLToPath(new URL('../../build/dev/carillon', import.meta.url));
export const owner = {
  workspace: 'Corner Shop',
  name: 'Ana Berger',
  email: 'ana@example.com',
  password: 'four unrelated garden words',
};
export const zone = 'Europe/Berlin';

// Two neighbouring ports that are free now: the page's and the sandbox's.
async function twoPorts() {
  for (;;) {
    const first = createServer();
    await new Promise((done) => first.listen(0, '127.0.0.1', done));
    const { port } = first.address();
    const second = createServer();
    const both = await new Promise((done) =>
      second.once('error', () => done(false)).listen(port + 1, '127.0.0.1', () => done(true)),
    );
    await new Promise((done) => first.close(done));
    if (both) await new Promise((done) => second.close(done));
    if (both && port < 65000) return port;
  }
}

// more: further flags; env: further variables.
export async function startServer(more = [], env = {}) {
  const data = await mkdtemp(join(tmpdir(), 'carillon-browser-'));
  const port = await twoPorts();
  const args = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--sandbox', ...more];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  const setup = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`no setup link within 30 s:\n${said}`)), 30_000);
    const hear = (bytes) => {
      said += bytes;
      const link = /(http:\/\/\S+\/setup#token=\S+)/.exec(said)?.[1];
      if (link) (clearTimeout(timer), found(link));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`carillon ended with ${code}:\n${said}`)));
  });
  const ended = new Promise((done) => child.on('exit', done));
  const base = `http://127.0.0.1:${port}`;
  const sandbox = `http://127.0.0.1:${port + 1}`;
  return {
    base,
    sandbox,
    data,
    setup: setup.replace(/^http:\/\/[^/]+/, base),
    log: () => said,
    feed: async (network) => (await fetch(`${sandbox}/${network}/feed`)).text(),
    ledger: async () => (await fetch(`${sandbox}/control/ledger`)).json(),
    fault: async (order) => {
      const answer = await fetch(`${sandbox}/control/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(order),
      });
      assert.ok(answer.ok, await answer.text());
    },
    heal: () => fetch(`${sandbox}/control/heal`, { method: 'POST' }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

// A browser in which nothing may go wrong unseen: errors of pages are collected.
export async function openBrowser(options = {}) {
  const browser = await launch();
  const trouble = [];
  const open = async (more = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: zone,
      ...options,
      ...more,
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      // A refused request is told to the person by the page itself.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        trouble.push(`console: ${message.text()}`);
    });
    return page;
  };
  return { open, trouble, close: () => browser.close() };
}

export async function setUp(page, server) {
  await page.goto(server.setup);
  await page.getByLabel('Workspace').fill(owner.workspace);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.waitForURL('**/accounts');
}

export async function signIn(page, server, path = '/posts', person = owner) {
  await page.goto(`${server.base}/sign-in?to=${encodeURIComponent(path)}`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${path}`);
}

export const networks = [
  { id: 'x', label: 'X' },
  { id: 'facebook', label: 'Facebook' },
  { id: 'mastodon', label: 'Mastodon' },
  { id: 'telegram', label: 'Telegram' },
];

// Through the network's own consent page, as a person does it.
export async function connect(page, server, network) {
  await page.getByRole('button', { name: `Connect ${network.label}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use the sandbox' }).click();
  if (network.id !== 'telegram') {
    await page.waitForURL(`${server.sandbox}/${network.id}/**`);
    await page.locator('button[value=allow]').click();
    await page.waitForURL(`${server.base}/accounts**`);
  }
  if (network.id === 'facebook') {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox').first().waitFor();
    if (!(await dialog.getByRole('checkbox').first().isChecked())) await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('button', { name: /^Connect 1 page/ }).click();
  }
  await page.locator(`li[data-network=${network.id}]`).first().waitFor();
}

export async function connectAll(page, server) {
  await page.goto(`${server.base}/accounts`);
  for (const network of networks) await connect(page, server, network);
}

// Opens the composer with a time so many seconds from now, with all accounts or those of some networks.
export async function compose(page, server, { text, inSeconds, only } = {}) {
  const at = inSeconds ? `?at=${wallClock(Date.now() + inSeconds * 1000)}&zone=${encodeURIComponent(zone)}` : '';
  await page.goto(`${server.base}/compose${at}`);
  for (const network of networks)
    if (!only || only.includes(network.id))
      await page
        .getByRole('button', { name: new RegExp(`^${network.label}: `) })
        .first()
        .click();
  if (text) await page.getByLabel('Text', { exact: true }).fill(text);
}

export function wallClock(at) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const get = (type) => parts.find((p) => p.type === type).value;
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}`;
}

export async function publishNow(page) {
  await page.getByRole('button', { name: 'Other ways to publish' }).click();
  await page.getByRole('menuitem', { name: /Publish now/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
}

// A picture of some size: a gradient, as PNG.
export function picture(width = 960, height = 640, hue = 0) {
  const colours = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sun = Math.hypot(x - width * 0.68, y - height * 0.4) < height * 0.2;
      const hill = y > height * (0.72 + 0.09 * Math.sin(x / 90 + hue));
      const sky = [236 - (y / height) * 60 + hue * 9, 190 - (y / height) * 20, 150 + (y / height) * 40 + hue * 14];
      const colour = hill ? [48 + hue * 12, 92, 84 - hue * 8] : sun ? [250, 214, 120] : sky;
      for (const part of colour) colours[at++] = Math.max(0, Math.min(255, part));
    }
  }
  return png(width, height, colours);
}

// Asks again and again until it is so; says what was seen when it never was.
export async function until(look, what, ms = 20_000) {
  const end = Date.now() + ms;
  for (let seen; ;) {
    seen = await look();
    if (seen) return seen;
    if (Date.now() > end) assert.fail(`${what}: not within ${ms / 1000} s`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

// The API as the page's own session asks it.
export const call = (page, method, path, body, headers = {}) =>
  page.evaluate(
    async ([m, p, b, h]) => {
      const answer = await fetch(`/api/v1${p}`, {
        method: m,
        headers: b === undefined ? h : { 'content-type': 'application/json', ...h },
        body: b === undefined ? undefined : JSON.stringify(b),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${m} ${p}: ${answer.status} ${text}`);
      return text ? JSON.parse(text) : null;
    },
    [method, path, body, headers],
  );

// Everything in one click, as the accounts screen offers it. Gives those accounts for which a text is enough.
export async function practice(page, server) {
  await page.goto(`${server.base}/accounts`);
  await page.getByRole('button', { name: 'Connect practice accounts', exact: true }).click();
  await page.getByRole('button', { name: 'Write a post for all of them' }).waitFor();
  const { items: known } = await call(page, 'GET', '/networks');
  const takesText = (network) => known.find((n) => n.network === network).kinds.some((k) => k.kind === 'text');
  return (await call(page, 'GET', '/accounts')).items.filter((a) => takesText(a.network));
}

// Many posts, several at a time. at(i): the wall time of the i-th.
export const fill = (page, { n, text, at, accounts, state }) =>
  page.evaluate(
    async ([times, what, targets, kind]) => {
      let next = 0;
      const worker = async () => {
        while (next < times.length) {
          const i = next++;
          const answer = await fetch('/api/v1/posts', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              content: { parts: [{ text: `${what} ${i + 1}` }] },
              targets: targets.map((account) => ({ account })),
              at: times[i],
              state: kind,
              tags: i % 4 ? [] : ['season'],
            }),
          });
          if (!answer.ok) throw new Error(await answer.text());
        }
      };
      await Promise.all([worker(), worker(), worker(), worker(), worker(), worker()]);
    },
    [Array.from({ length: n }, (_, i) => at(i)), text, accounts, state],
  );

// The Wednesday of the week after next, as a calendar writes it: it and its neighbours are never past.
export function wednesday(weeks = 2) {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7) + 7 * (weeks - 1));
  return day.toISOString().slice(0, 10);
}
export const dayAfter = (day, n) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 864e5).toISOString().slice(0, 10);

// Approval: an editor asks, cannot send, an owner approves and it goes out; sent back with a note; mail and the log on
// the system page. By keyboard, and with axe on every screen of it.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { connect, networks, openBrowser, setUp, startServer, wallClock, zone } from './world.mjs';

const ben = { email: 'ben@example.com', password: 'another good phrase of words' };

let server, browser, ana, editor, asked;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
  ana = await browser.open();
  await setUp(ana, server);
  await connect(ana, server, networks.find((n) => n.id === 'mastodon'));
  const made = await call('POST', '/users', { email: ben.email, name: 'Ben Okafor', role: 'editor', password: ben.password });
  assert.equal(made.status, 201);
  editor = await browser.open();
  await editor.goto(`${server.base}/sign-in?to=%2Fposts`);
  await editor.getByLabel('E-mail').fill(ben.email);
  await editor.getByLabel('Password', { exact: true }).fill(ben.password);
  await editor.keyboard.press('Enter');
  await editor.waitForURL('**/posts');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const call = (method, path, body, seen = ana) =>
  seen.evaluate(
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

const clean = (where, seen) => isClean(seen, where);

async function press(seen, role, name, scope = seen) {
  await scope.getByRole(role, { name }).first().focus();
  await seen.keyboard.press('Enter');
}

test('an owner switches approval on, by keyboard', async () => {
  await ana.goto(`${server.base}/members`);
  await press(ana, 'button', 'Settings');
  const dialog = ana.getByRole('dialog');
  await dialog.getByLabel('Posts need approval').focus();
  await clean('the setting', ana);
  await ana.keyboard.press('Space');
  await ana.keyboard.press('Enter');
  await ana.getByRole('region', { name: 'Workspace' }).getByText('Posts need approval').waitFor();
});

test('an editor sends a post for approval and cannot let it out', async () => {
  const at = wallClock(Date.now() + 3 * 86_400_000).slice(0, 16);
  await editor.goto(`${server.base}/compose?at=${at}&zone=${encodeURIComponent(zone)}`);
  await editor.getByRole('button', { name: /^Mastodon: / }).first().click();
  await editor.getByLabel('Text', { exact: true }).fill('Fresh bread on Saturday');
  await press(editor, 'button', 'Send for approval');
  await editor.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  asked = editor.url().split('/').pop();
  await editor.getByRole('heading', { name: 'Waits for approval' }).waitFor();
  await editor.getByRole('region', { name: 'Approval' }).getByText('Ben Okafor asks to publish this at its time.').waitFor();
  assert.equal(await editor.getByRole('button', { name: 'Approve', exact: true }).count(), 0);
  await clean('a proposal, as its author sees it', editor);
  assert.equal((await call('POST', `/posts/${asked}/approve`, {}, editor)).status, 403);
  assert.equal((await call('POST', `/posts/${asked}/publish`, undefined, editor)).body.state, 'proposed');
  assert.equal((await server.feed('mastodon')).includes('Fresh bread on Saturday'), false);
});

test('an owner is told, finds it in the list and approves it by keyboard; then it goes out', async () => {
  await ana.goto(`${server.base}/notifications`);
  await ana.getByText('A post needs approval').first().waitFor();
  await clean('the notice', ana);
  await ana.goto(`${server.base}/posts?view=approval`);
  await ana.getByText('Fresh bread on Saturday').waitFor();
  await clean('the list of what needs approval', ana);
  await ana.goto(`${server.base}/posts/${asked}`);
  const bar = ana.getByRole('region', { name: 'Approval' });
  await bar.getByText('as soon as it is approved').waitFor();
  await clean('a proposal, as an approver sees it', ana);
  await press(ana, 'button', 'Approve', bar);
  await ana.getByText('Approved by Ana Berger').waitFor();
  await ana.getByRole('heading', { name: /Published/ }).waitFor();
  assert.match(await server.feed('mastodon'), /Fresh bread on Saturday/);
  await editor.goto(`${server.base}/notifications`);
  await editor.getByText('Your post was approved').first().waitFor();
});

test('a post is sent back with a note, and its author sees why', async () => {
  const at = { local: wallClock(Date.now() + 4 * 86_400_000).slice(0, 16), zone };
  const { body: account } = await call('GET', '/accounts');
  const targets = [{ account: account.items[0].id }];
  const made = await call('POST', '/posts', { content: { parts: [{ text: 'Cakes' }] }, targets, at, state: 'scheduled' }, editor);
  assert.equal(made.body.state, 'proposed');
  await ana.goto(`${server.base}/posts/${made.body.id}`);
  await press(ana, 'button', 'Send back');
  await ana.getByRole('dialog').getByLabel('Note for the author').waitFor();
  await clean('sending back', ana);
  await ana.keyboard.type('Please name the price.');
  await ana.keyboard.press('Tab');
  await ana.getByRole('dialog').getByRole('button', { name: 'Send back' }).focus();
  await ana.keyboard.press('Enter');
  await ana.getByText('Ana Berger sent it back').waitFor();
  await editor.goto(`${server.base}/posts/${made.body.id}`);
  await editor.getByText('Please name the price.').waitFor();
  await clean('a post that was sent back', editor);
});

test('an approved post that its editor moves waits again', async () => {
  const at = { local: wallClock(Date.now() + 5 * 86_400_000).slice(0, 16), zone };
  const { body: account } = await call('GET', '/accounts');
  const targets = [{ account: account.items[0].id }];
  const made = await call('POST', '/posts', { content: { parts: [{ text: 'Rolls' }] }, targets, at, state: 'scheduled' });
  assert.equal(made.body.state, 'scheduled');
  await editor.goto(`${server.base}/calendar?view=list`);
  const moved = await call('POST', `/posts/${made.body.id}/reschedule`, { at: { ...at, local: `${at.local.slice(0, 11)}23:00` } }, editor);
  assert.equal(moved.body.state, 'proposed');
  await editor.goto(`${server.base}/posts/${made.body.id}`);
  await press(editor, 'button', 'Take it back');
  await editor.getByText('Draft', { exact: true }).first().waitFor();
});

// Takes one mail, or refuses the password.
function mailbox() {
  const seen = [];
  const box = createServer((socket) => {
    let data = null;
    let input = '';
    const say = (text) => socket.write(`${text}\r\n`);
    say('220 mail.test ESMTP');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      input += bytes;
      for (let end; (end = input.indexOf('\r\n')) >= 0; ) {
        const line = input.slice(0, end);
        input = input.slice(end + 2);
        if (data !== null) {
          if (line === '.') (seen.push(data), (data = null), say('250 OK'));
          else data += `${line}\n`;
        } else if (line === 'DATA') ((data = ''), say('354 Go on'));
        else if (line === 'QUIT') (say('221 Bye'), socket.end());
        else say('250 OK');
      }
    });
  });
  return new Promise((ready) => box.listen(0, '127.0.0.1', () => ready({ seen, port: box.address().port, close: () => box.close() })));
}

test('mail is set up and tried; the log and the storage test are there', async () => {
  const box = await mailbox();
  await ana.goto(`${server.base}/system`);
  await press(ana, 'button', 'Set up mail');
  const dialog = ana.getByRole('dialog');
  await dialog.getByLabel('Server').fill('127.0.0.1');
  await dialog.getByLabel('Encryption').selectOption('none');
  await dialog.getByLabel('Port').fill(String(box.port));
  await dialog.getByLabel('Sender').fill('carillon@example.com');
  await clean('the mail server', ana);
  await dialog.getByLabel('Sender').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await press(ana, 'button', 'Send a test mail');
  await ana.getByText('127.0.0.1 took it.').waitFor();
  assert.match(box.seen.at(-1), /Subject: A test from Carillon/);
  await press(ana, 'button', 'Test storage');
  await ana.getByText('A row was written durably').waitFor();
  const log = ana.getByRole('log', { name: 'Log' });
  await log.getByRole('listitem').first().waitFor();
  await clean('the system page', ana);
  await ana.getByLabel('Search the log').fill('nothing of this kind');
  await log.getByText('Nothing like that').waitFor();
  await ana.goto(`${server.base}/members?tab=you`);
  await ana.getByLabel('Open questions').uncheck();
  await ana.getByText('Saved.').first().waitFor();
  await clean('you', ana);
  box.close();
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

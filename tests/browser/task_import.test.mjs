// Tasks from a table: looked at, mended in place, imported once, exported as they are; also from the command line.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { isClean } from './axe.mjs';
import { call, openBrowser, program, setUp, startServer } from './world.mjs';

const run = promisify(execFile);
let server, browser, page, folder;
const year = new Date().getFullYear() + 1;
const csv = [
  'person,kind,link,note,at',
  `Ana Lind,connect,https://www.linkedin.com/in/ana-lind,It was good to meet you.,${year}-03-01 09:30`,
  'Ben Ode,message,www.linkedin.com/in/ben-ode,"Hello Ben, our new bells are here.",',
  'Ana Lind,connect,https://www.linkedin.com/in/ana-lind,Once more,',
  '',
].join('\n');
const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
const tasks = async () => (await call(page, 'GET', '/tasks')).items;
const carillon = (...words) => run(program, ['tasks', ...words, '--data', server.data]).catch((failed) => failed);

before(async () => {
  server = await startServer();
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
  folder = await mkdtemp(join(tmpdir(), 'carillon-tasks-'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});
const clean = (where) => isClean(page, where);

test('a table is looked at, mended in place and imported', async () => {
  await page.goto(`${server.base}/tasks`);
  await page.getByRole('link', { name: 'Import tasks' }).click();
  await page.getByText('each other row is a task').waitFor();
  await clean('import of tasks, empty');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Import 2 good rows' }).waitFor();
  await page.locator('li[data-line="4"]').getByText('Line 2 of this table asks the same of Ana Lind.').waitFor();
  await clean('import of tasks');
  assert.equal((await tasks()).length, 0);
  const cell = page.getByRole('textbox', { name: 'Mend link in line 3' });
  await cell.fill('https://www.linkedin.com/in/ben-ode');
  await cell.press('Enter');
  await page.getByRole('button', { name: 'Import 3 good rows' }).click();
  await page.getByText('3 tasks imported.').first().waitFor();
  assert.deepEqual((await tasks()).map((task) => task.person).sort(), ['Ana Lind', 'Ana Lind', 'Ben Ode']);
});

test('the same table twice makes no doubles', async () => {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'There already 2' }).waitFor();
  await page.getByRole('button', { name: 'Put the table away' }).click();
});

test('what was exported is read back as it was', async () => {
  await page.goto(`${server.base}/tasks`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export tasks' }).click()]);
  assert.equal(file.suggestedFilename(), 'carillon-tasks.csv');
  await page.goto(`${server.base}/tasks/import`);
  await page.locator('input[type=file]').setInputFiles(await file.path());
  await page.getByRole('button', { name: 'There already 3' }).waitFor();
  await page.getByRole('button', { name: 'Put the table away' }).click();
});

test('the command line looks, imports and exports', async () => {
  const table = join(folder, 'more.csv');
  await writeFile(table, `name,profile,at\nCleo Park,https://www.linkedin.com/in/cleo,${year}-03-02 10:00\nDee,no address,\n`);
  const looked = await carillon('import', table, '--kind', 'connect', '--dry-run');
  assert.match(looked.stdout, /2 +ready .*connect: Cleo Park/);
  assert.match(looked.stdout, /This is not an https address: "no address"/);
  assert.match(looked.stdout, /1 ready, 1 wrong/);
  assert.equal((await tasks()).length, 3);
  const made = await carillon('import', table, '--kind', 'connect');
  assert.match(made.stdout, /1 imported, 1 wrong/);
  assert.notEqual(made.code, 0, 'a wrong row is told by the exit code');
  const { stdout } = await carillon('--csv');
  assert.match(stdout, /^id,state,kind,person,link,note,at,zone,campaign,utc,settled\r\n/);
  assert.match(stdout, /,open,connect,Cleo Park,https:\/\/www\.linkedin\.com\/in\/cleo,/);
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

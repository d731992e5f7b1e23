// Media in a bucket, as the system page shows it: where they lie, that they can be reached, and what to do when they cannot.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { isClean } from './axe.mjs';
import { openBrowser, picture, setUp, startServer } from './world.mjs';

// A bucket that believes everything; who checks is tests/peers.
const objects = new Map();
let away = false;
const bucket = createServer(async (asked, answer) => {
  const body = [];
  for await (const piece of asked) body.push(piece);
  if (away) return answer.socket.destroy();
  const name = asked.url.split('?')[0];
  if (asked.method === 'PUT') objects.set(name, { bytes: Buffer.concat(body), sha256: asked.headers['x-amz-meta-sha256'] ?? '' });
  if (asked.method === 'DELETE') objects.delete(name);
  const found = objects.get(name);
  if (!found) return answer.writeHead(asked.method === 'DELETE' ? 204 : 404).end();
  answer.writeHead(200, { 'x-amz-meta-sha256': found.sha256, 'content-length': asked.method === 'PUT' ? 0 : found.bytes.length });
  answer.end(asked.method === 'GET' ? found.bytes : undefined);
});

let server, browser, page;
before(async () => {
  await new Promise((done) => bucket.listen(0, '127.0.0.1', done));
  const flags = ['--media', 's3://bells/shop', '--s3-endpoint', `http://127.0.0.1:${bucket.address().port}`, '--media-cache', '5GB'];
  server = await startServer(flags, { CARILLON_S3_ACCESS_KEY: 'id', CARILLON_S3_SECRET_KEY: 'secret-of-bells' });
  browser = await openBrowser({ reducedMotion: 'reduce' });
  page = await browser.open();
  await setUp(page, server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  bucket.closeAllConnections();
  bucket.close();
});

test('a file goes to the bucket, and the system page says where media lie', async () => {
  const made = await page.evaluate(
    async (bytes) => (await fetch('/api/v1/media', { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': 'image/png', 'x-file-name': 'bell.png' } })).json(),
    [...picture(300, 200, 3)],
  );
  assert.ok(objects.has(`/bells/shop/${made.id.slice(-2)}/${made.id}`), [...objects.keys()].join());
  await page.goto(`${server.base}/system`);
  await page.getByText('s3://bells/shop · can be used').waitFor();
  await page.getByText(/of it on this server, 5(\.0)? GB at most/).waitFor();
  await isClean(page, 'the system page with a bucket');
});

test('the test of storage asks the bucket too', async () => {
  await page.getByRole('button', { name: 'Test storage' }).click();
  await page.getByText(/An object was written to s3:\/\/bells\/shop and read back/).waitFor();
});

test('a bucket that is away is told with what to do', async () => {
  away = true;
  await page.getByRole('button', { name: 'Test storage' }).click();
  await page.getByText(/did not answer.*Check s3-endpoint/).first().waitFor();
  await page.reload();
  await page.getByText('s3://bells/shop · cannot be used now').waitFor();
  assert.match(await page.locator('main').innerText(), /Posts whose media are not on this server wait/);
  await isClean(page, 'the system page without its bucket');
  assert.ok(!(await page.content()).includes('secret-of-bells'));
  away = false;
  await page.getByRole('button', { name: 'Test storage' }).click();
  await page.getByText(/An object was written to s3/).waitFor();
});

test('nothing went wrong unseen', () => assert.deepEqual(browser.trouble, []));

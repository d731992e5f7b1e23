// node bench/big_video.mjs [bytes]: a video of 4 GB (unless told) on its whole way, against the program named by $CARILLON:
// uploaded in pieces by the command line, which is killed on the way and run again; the server is killed too (SIGKILL)
// and started again; then published to the sandbox's X in segments. Prints how much memory the server and the programs
// that read the file took at most, and fails when it was more than 150 MB. Needs ffmpeg and twice the room on the disk.
// With --bucket as last word media lie in a bucket (the S3 server of tests/peers, installed there) and the server loses
// its folder before it publishes; needs four times the room.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, createReadStream, ftruncateSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bytes = Number(process.argv[2] ?? 4_000_000_000);
const most = 150e6;
const withBucket = process.argv.at(-1) === '--bucket';
const program = process.env.CARILLON ?? fileURLToPath(new URL('../build/release/carillon', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'carillon-video-'));
const data = join(folder, 'data');
const film = join(folder, 'fair.mp4');
const running = new Set();
const say = (text) => console.error(text);

// ---- The film: a few real seconds, and behind them a box of the format that players skip. ----
function makeFilm() {
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=8', '-f', 'lavfi', '-i', 'sine=d=8',
    '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart', film]);
  const begun = statSync(film).size;
  const box = Buffer.alloc(16); // size 1: the true size follows in 64 bits (ISO/IEC 14496-12, 4.2)
  box.writeUInt32BE(1, 0);
  box.write('free', 4, 'latin1');
  box.writeBigUInt64BE(BigInt(bytes - begun), 8);
  const file = openSync(film, 'r+');
  writeSync(file, box, 0, 16, begun);
  ftruncateSync(file, bytes);
  for (let at = begun + 4096; at < bytes; at += 50_000_000) writeSync(file, Buffer.from(`mark ${at}`), 0, undefined, at); // so that every piece is another
  closeSync(file);
}

// ---- Programs ----
function start(args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  running.add(child);
  child.said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (child.said += text));
  child.over = new Promise((done) => child.on('exit', (code, signal) => (running.delete(child), done({ code, signal }))));
  return child;
}
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
async function until(look, what, ms = 60_000) {
  for (const end = Date.now() + ms; ;) {
    const seen = await look();
    if (seen) return seen;
    assert.ok(Date.now() < end, `${what}: not within ${ms / 1000} s`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

// ---- Memory: of the server and of each program it starts, looked at ten times a second ----
const peaks = { 'server, uploading': 0, 'server, reading it': 0, 'server, publishing': 0, 'server, bringing it': 0, 'probing child': 0 };
let phase = 'server, uploading';
let server;
const resident = (pid) => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
  } catch {
    return 0; // gone
  }
};
const childrenOf = (pid) => readdirSync('/proc').filter((name) => {
  try {
    return /^\d+$/.test(name) && readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(pid);
  } catch {
    return false;
  }
});
const watch = setInterval(() => {
  if (!server) return;
  peaks[phase] = Math.max(peaks[phase], resident(server.pid));
  for (const child of childrenOf(server.pid)) peaks['probing child'] = Math.max(peaks['probing child'], resident(child));
}, 50);

let base, key, sandboxUrl;
let bucketArgs = [];
async function startBucket() {
  const port = await freePort();
  const options = { address: '127.0.0.1', port, silent: true, directory: join(folder, 's3'), vhostBuckets: false, configureBuckets: [{ name: 'films' }] };
  const code = `import('@20minutes/s3rver').then(({ default: S3 }) => new S3(${JSON.stringify(options)}).run()).then(() => console.log('open'))`;
  const child = spawn(process.execPath, ['-e', code], { cwd: join(here, '../tests/peers'), stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  await new Promise((open) => child.stdout.once('data', open));
  bucketArgs = ['--media', 's3://films', '--s3-endpoint', `http://127.0.0.1:${port}`];
  Object.assign(process.env, { CARILLON_S3_ACCESS_KEY: 'S3RVER', CARILLON_S3_SECRET_KEY: 'S3RVER' });
}
function loseFolder() {
  const media = join(data, 'media');
  for (const name of readdirSync(media)) if (name.length === 2) rmSync(join(media, name), { recursive: true });
}
async function startServer() {
  server = start(['serve', '--data', data, '--listen', base.slice(7), '--sandbox-url', sandboxUrl, '--log-level', 'warning', ...bucketArgs]);
  await until(() => fetch(`${base}/livez`).then((answer) => answer.ok, () => false), 'the server answers');
}
const api = async (path, body) => {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`);
  return answer.json();
};
const arrived = () => api('/uploads').then(({ items }) => items[0]?.offset ?? 0, () => 0);
const send = () => start(['media', 'upload', film, '--json', '--server', base, '--data', data]);
async function end(child) {
  child.kill('SIGKILL');
  await child.over;
}

try {
  say(`Making a film of ${(bytes / 1e9).toFixed(1)} GB …`);
  makeFilm();
  sandboxUrl = `http://127.0.0.1:${await freePort()}`;
  start(['sandbox', '--listen', sandboxUrl.slice(7)]);
  base = `http://127.0.0.1:${await freePort()}`;
  if (withBucket) await startBucket();
  await startServer();
  const link = await until(() => /(http:\/\/\S+\/setup#token=\S+)/.exec(server.said)?.[1], 'the setup link');
  execFileSync(process.execPath, [join(here, 'visitor.mjs'), 'setup', link, join(folder, 'visitor.json')]);
  key = JSON.parse(readFileSync(join(folder, 'visitor.json'), 'utf8')).key;

  const began = Date.now();
  say('Uploading; the sender is killed at a third …');
  const first = send();
  await until(async () => (await arrived()) > bytes / 3, 'a third has arrived', 600_000);
  await end(first);
  const cut = await arrived();
  say(`Again, from ${(cut / 1e9).toFixed(2)} GB; the server is killed at two thirds …`);
  const second = send();
  await until(async () => (await arrived()) > (bytes * 2) / 3, 'two thirds have arrived', 600_000);
  const before = await arrived();
  await end(server);
  await startServer();
  const after = await arrived();
  say(`It was at ${(before / 1e9).toFixed(2)} GB, and is at ${(after / 1e9).toFixed(2)} GB again.`);
  assert.ok(after >= bytes / 3 && after <= bytes, 'what was durable is still there');
  await until(async () => (await arrived()) >= bytes || second.exitCode !== null, 'all has arrived', 900_000);
  const uploaded = (Date.now() - began) / 1000;
  phase = 'server, reading it';
  const { code } = await second.over;
  assert.equal(code, 0, second.said);
  const [made] = JSON.parse(second.said.slice(second.said.indexOf('[')));
  const hash = createHash('sha256');
  for await (const piece of createReadStream(film, { highWaterMark: 1 << 20 })) hash.update(piece);
  assert.equal(made.sha256, hash.digest('hex'), 'what is stored is what was sent');
  assert.equal(made.bytes, bytes);

  if (withBucket) {
    server.kill('SIGTERM');
    await server.over;
    loseFolder();
    phase = 'server, bringing it';
    await startServer();
  }
  say('Publishing to X …');
  if (!withBucket) phase = 'server, publishing';
  const accounts = (await api('/accounts')).items.filter((one) => one.network === 'x');
  const publishing = Date.now();
  const post = await api('/posts', {
    content: { parts: [{ text: 'The whole fair, in one film', media: [{ id: made.id }] }] },
    targets: [{ account: accounts[0].id }],
    now: true,
  });
  const settled = await until(async () => {
    const seen = await api(`/posts/${post.id}`);
    return ['delivered', 'failed', 'partly', 'uncertain'].includes(seen.state) && seen;
  }, 'the post is settled', 1_800_000);
  assert.equal(settled.state, 'delivered', JSON.stringify(settled.deliveries));
  const published = (Date.now() - publishing) / 1000;

  const shown = Object.fromEntries(Object.entries(peaks).filter(([, peak]) => peak > 0).map(([name, peak]) => [name, `${(peak / 1e6).toFixed(1)} MB`]));
  console.log(JSON.stringify({ bytes, uploaded_s: uploaded, published_s: published, resumed_at: [cut, after], peak: shown }, null, 1));
  for (const [name, peak] of Object.entries(peaks)) assert.ok(peak <= most, `${name}: ${peak} bytes`);
} finally {
  clearInterval(watch);
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

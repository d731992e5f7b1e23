// Media in a bucket, with a server of S3 that others have written and that checks every signature: stored, brought back to a server
// that has lost its folder, published, waited for while the bucket is away, removed; and a key that is wrong.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import S3rver from '@20minutes/s3rver'
import { plainPng } from '../png.mjs'

const program = process.env.CARILLON ?? '../../build/dev/carillon'
const visitor = path.join(import.meta.dirname, '../../bench/visitor.mjs')
const key = 'S3RVER' // id and secret of the one account that server knows
let folder, s3, s3Port, port, carillon, token

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => found(free))
    })
  })

// Looks again until there is something.
async function until(look, what, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const seen = await look()
    if (seen) return seen
    assert.ok(Date.now() < end, `${what}: not within ${seconds} s\n${carillon?.said ?? ''}`)
    await new Promise((next) => setTimeout(next, 100))
  }
}

async function startBucket() {
  const directory = path.join(folder, 's3')
  s3 = new S3rver({ address: '127.0.0.1', port: s3Port, silent: true, directory, vhostBuckets: false, configureBuckets: [{ name: 'bells' }] })
  await s3.run()
}
const stopBucket = async () => {
  const over = s3.close()
  s3.httpServer.closeAllConnections()
  await over
}
// What lies under a name in the bucket.
const object = async (name) => {
  const answer = await fetch(`http://127.0.0.1:${s3Port}/bells/shop/${name}`)
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null
}

async function start(secret = key) {
  const child = spawn(
    program,
    ['serve', '--data', path.join(folder, 'data'), '--listen', `127.0.0.1:${port}`, '--sandbox', '--media', 's3://bells/shop',
      '--s3-endpoint', `http://127.0.0.1:${s3Port}`, '--media-cache', '100MB', '--log-format', 'json'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CARILLON_S3_ACCESS_KEY: key, CARILLON_S3_SECRET_KEY: secret } },
  )
  child.said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (child.said += text))
  child.over = new Promise((done) => child.on('exit', done))
  carillon = child
  await until(() => fetch(`http://127.0.0.1:${port}/livez`).then((answer) => answer.ok, () => false), 'the server answers')
}
async function stop() {
  carillon.kill('SIGTERM')
  await carillon.over
}
// Everything the server has on its own disk.
async function loseFolder() {
  const media = path.join(folder, 'data', 'media')
  for (const name of await readdir(media)) if (name.length === 2) await rm(path.join(media, name), { recursive: true })
}

async function ask(method, where, body, headers = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && !Buffer.isBuffer(body) ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body && !Buffer.isBuffer(body) ? JSON.stringify(body) : body,
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const json = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(bytes) : null
  return { status: answer.status, bytes, json }
}
const upload = (bytes, name) => ask('POST', '/media', bytes, { 'content-type': 'image/png', 'x-file-name': name })
const accountOf = async (network) => (await ask('GET', '/accounts')).json.items.find((one) => one.network === network).id
const publish = async (media, text) => {
  const post = await ask('POST', '/posts', { content: { parts: [{ text, media: [{ id: media }] }] }, targets: [{ account: await accountOf('x') }], now: true })
  assert.equal(post.status, 201, post.bytes.toString())
  return post.json.id
}
const delivery = async (post) => (await ask('GET', `/posts/${post}`)).json.deliveries[0]
const system = async () => (await ask('GET', '/system')).json
const shelf = (id) => `${id.slice(-2)}/${id}`
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

// A picture, and behind it as many bytes as wanted, which differ from block to block.
const png = (shade, more = 0) =>
  plainPng(64, 48, shade, Buffer.from(Array.from({ length: more / 4096 }, (_, i) => String(i).padStart(4096, '~')).join('')))

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'carillon-s3-'))
  s3Port = await freePort()
  port = await freePort()
  await startBucket()
  await start()
  const link = await until(() => /(http:\/\/\S+\/setup#token=\S+)/.exec(carillon.said)?.[1], 'the setup link')
  const kept = path.join(folder, 'visitor.json')
  execFileSync(process.execPath, [visitor, 'setup', link, kept])
  token = JSON.parse(await readFile(kept, 'utf8')).key
})
after(async () => {
  carillon?.kill('SIGKILL')
  await stopBucket().catch(() => {})
  await rm(folder, { recursive: true, force: true })
})

let small, large, film
test('an upload is done when the bucket has it, in one piece or in parts', async () => {
  small = await upload(png(90), 'small.png')
  assert.equal(small.status, 201, small.bytes.toString())
  film = png(160, 20 * 2 ** 20)
  large = await upload(film, 'large.png')
  assert.equal(large.status, 201, large.bytes.toString())
  assert.equal(sha256(await object(shelf(small.json.id))), small.json.sha256)
  assert.equal(sha256(await object(shelf(large.json.id))), sha256(film))
  assert.ok(await object(`${shelf(small.json.id)}.thumb`))
  const { media } = await system()
  assert.deepEqual({ bucket: media.bucket, where: media.where, reachable: media.reachable }, { bucket: true, where: 's3://bells/shop', reachable: true })
  assert.ok(media.here_bytes > film.length)
})

test('a server that has lost its folder shows and publishes what the bucket has', async () => {
  await stop()
  await loseFolder()
  await start()
  const thumbnail = await ask('GET', `/media/${small.json.id}/thumbnail`)
  assert.equal(thumbnail.status, 200)
  assert.equal(thumbnail.bytes.subarray(8, 12).toString(), 'WEBP')
  const back = await ask('GET', `/media/${large.json.id}/file`)
  assert.equal(sha256(back.bytes), sha256(film))
  const post = await publish(small.json.id, 'Rung from a bucket')
  await until(async () => (await delivery(post)).state === 'delivered', 'the post is out')
  const feed = await (await fetch(`http://127.0.0.1:${port + 1}/x/feed`)).text()
  assert.match(feed, /Rung from a bucket/)
})

test('while the bucket is away posts wait and say why, uploads are refused, and all goes on when it is back', async () => {
  await stop()
  await loseFolder()
  await start()
  await stopBucket()
  const post = await publish(small.json.id, 'Rung later')
  const waiting = await until(async () => {
    const seen = await delivery(post)
    return seen.fault && seen
  }, 'a try has failed')
  assert.equal(waiting.state, 'waiting')
  assert.equal(waiting.fault.code, 'storage_unreachable')
  const refused = await upload(png(40), 'refused.png')
  assert.equal(refused.status, 503, refused.bytes.toString())
  assert.equal(refused.json.code, 'storage_unreachable')
  const seen = await system()
  assert.equal(seen.media.reachable, false)
  assert.ok(seen.findings.some((one) => one.id === 'media_unreachable' && /s3-endpoint/.test(one.fix)), JSON.stringify(seen.findings))
  await startBucket()
  const tested = (await ask('POST', '/system/storage/test')).json.items.find((one) => one.name === 'bucket')
  assert.equal(tested.ok, true, tested.text)
  assert.equal((await system()).media.reachable, true)
  await until(async () => (await delivery(post)).state === 'delivered', 'the post is out', 180)
  assert.equal((await upload(png(40), 'taken.png')).status, 201)
})

test('what is removed from the library leaves the bucket', async () => {
  assert.equal((await ask('DELETE', `/media/${large.json.id}`)).status, 204)
  await until(async () => (await object(shelf(large.json.id))) === null, 'the object is gone')
  assert.equal(await object(`${shelf(large.json.id)}.thumb`), null)
  assert.ok(await object(shelf(small.json.id)))
})

test('a folder from before the bucket is sent there', async () => {
  const id = small.json.id
  await stop()
  for (const name of [shelf(id), `${shelf(id)}.thumb`]) await rm(path.join(folder, 's3', 'bells', 'shop', `${name}._S3rver_object`), { force: true })
  assert.equal(await object(shelf(id)), null)
  await start()
  await until(() => object(shelf(id)), 'the file is in the bucket', 120)
})

test('a wrong key is said at the start and on the health page, and never shown', async () => {
  await stop()
  await start('a-wrong-secret')
  await until(() => /media\.unreachable/.test(carillon.said), 'the log says it', 120)
  const finding = (await system()).findings.find((one) => one.id === 'media_unreachable')
  assert.match(finding.text, /secret key/)
  assert.match(finding.fix, /s3-secret-key/)
  assert.ok(!carillon.said.includes('a-wrong-secret'))
  const shown = execFileSync(program, ['serve', '--print-config', '--data', path.join(folder, 'data')], {
    env: { ...process.env, CARILLON_S3_ACCESS_KEY: 'idmark', CARILLON_S3_SECRET_KEY: 'secretmark' },
  }).toString()
  assert.ok(!/idmark|secretmark/.test(shown))
})

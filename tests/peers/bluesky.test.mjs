// Our connector for Bluesky and the reference server of its protocol: connecting, publishing, lost answers.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { plainPng } from '../png.mjs'
import { startBluesky } from './bluesky_server.mjs'

const program = process.env.SPEAK_BLUESKY ?? '../../build/dev/speak_bluesky'
let server, shop, friend, folder

// Speaks with the server as our channel does: one post a line, one answer a line.
async function speak(who, posts, password = who.password) {
  const child = spawn(program, [server.base, who.handle, password], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(posts.map((post) => JSON.stringify(post) + '\n').join(''))
  const answers = []
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line))
  return answers
}

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'carillon-peer-'))
  server = await startBluesky()
  shop = await server.join('cornerbells.test')
  friend = await server.join('gardenfriend.test')
})
after(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const last = async () => (await server.posts(shop.did)).at(-1)

test('connects with an app password, and says it when that is wrong', async () => {
  const [tested] = await speak(shop, [{ refresh: true }])
  assert.match(tested.tested, /@cornerbells\.test/)
  const [refused] = await speak(shop, [], 'not-the-pass-word-here')
  assert.ok(refused.fault, JSON.stringify(refused))
})

test('publishes a text whose links, tags and mentions the server understands', async () => {
  const text = '🔔 Bells at https://bells.example/now for @gardenfriend.test and @nobody.test #ringing'
  const [said] = await speak(shop, [{ parts: [{ text }], options: { language: 'en' } }])
  assert.equal(said.parts[0].fault, undefined, JSON.stringify(said))
  const record = await last()
  assert.ok(record.uri.endsWith(said.parts[0].id))
  assert.equal(record.value.text, text)
  assert.deepEqual(record.value.langs, ['en'])
  const bytes = Buffer.from(text)
  const found = record.value.facets.map((f) => [
    f.features[0].$type.split('#')[1],
    bytes.subarray(f.index.byteStart, f.index.byteEnd).toString(),
    f.features[0].did ?? f.features[0].uri ?? f.features[0].tag,
  ])
  assert.deepEqual(found, [
    ['link', 'https://bells.example/now', 'https://bells.example/now'],
    ['mention', '@gardenfriend.test', friend.did],
    ['tag', '#ringing', 'ringing'],
  ])
})

test('publishes a link as a card', async () => {
  await speak(shop, [{ parts: [{ text: 'Our menu', link: 'https://bells.example/menu' }] }])
  const { value } = await last()
  assert.equal(value.embed.$type, 'app.bsky.embed.external')
  assert.equal(value.embed.external.uri, 'https://bells.example/menu')
})

test('publishes pictures, which the server keeps', async () => {
  const file = path.join(folder, 'bell.png')
  await writeFile(file, plainPng(64, 48, 99))
  const media = [{ path: file, mime: 'image/png', width: 64, height: 48, alt: 'A bell' }]
  const [said] = await speak(shop, [{ parts: [{ text: 'Look', media }] }])
  assert.equal(said.parts[0].fault, undefined, JSON.stringify(said))
  const { value } = await last()
  const [image] = value.embed.images
  assert.equal(image.alt, 'A bell')
  assert.deepEqual(image.aspectRatio, { width: 64, height: 48 })
  const kept = await fetch(`${server.base}/xrpc/com.atproto.sync.getBlob?did=${shop.did}&cid=${image.image.ref.$link}`)
  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), plainPng(64, 48, 99))
})

test('publishes a thread, each part under the one before', async () => {
  await speak(shop, [{ parts: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }] }])
  const [one, two, three] = (await server.posts(shop.did)).slice(-3)
  assert.deepEqual([one, two, three].map((r) => r.value.text), ['One', 'Two', 'Three'])
  assert.deepEqual(two.value.reply.parent, { uri: one.uri, cid: one.cid })
  assert.deepEqual(three.value.reply.parent, { uri: two.uri, cid: two.cid })
  assert.deepEqual(three.value.reply.root, { uri: one.uri, cid: one.cid })
})

test('finds out after a lost answer, and never publishes twice', async () => {
  for (const lose of ['answer', 'request']) {
    const before = (await server.posts(shop.did)).length
    const [said] = await speak(shop, [{ parts: [{ text: `Lost ${lose}` }], lose }])
    const part = said.parts[0]
    assert.equal(part.fault, undefined, JSON.stringify(said))
    assert.ok(part.requests.length >= 2, JSON.stringify(part.requests))
    const now = await server.posts(shop.did)
    assert.equal(now.length, before + 1, lose)
    assert.ok(now.at(-1).uri.endsWith(part.id))
  }
})

test('says in words what the server refuses', async () => {
  const [said] = await speak(shop, [{ parts: [{ text: 'x'.repeat(400) }] }])
  assert.ok(said.parts[0].fault, JSON.stringify(said))
  assert.ok(said.parts[0].text.length > 10)
})

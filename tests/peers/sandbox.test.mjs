// The sandbox's own answers beside the lexicons: our connector speaks with the sandbox, and somebody in between reads along.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import { createServer as listen } from 'node:net'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { jsonToLex } from '@atproto/lexicon'
import { lexicons } from '@atproto/api'

const carillon = process.env.CARILLON ?? '../../build/dev/carillon'
const speaker = process.env.SPEAK_BLUESKY ?? '../../build/dev/speak_bluesky'
const person = ['harbourbakery.sandbox.test', 'sand-boxa-ppas-word'] // as the sandbox's own page says
const heard = [] // { nsid, method, query, body, status, answer }
let sandbox, between, port

const freePort = () =>
  new Promise((found) => {
    const server = listen().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => found(free))
    })
  })
const bytesOf = async (stream) => {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
const json = (bytes, headers) => (/json/.test(headers['content-type'] ?? '') ? JSON.parse(bytes) : undefined)

// Passes everything on, and remembers it.
async function pass(asked, answer) {
  const body = await bytesOf(asked)
  const on = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: asked.headers }, async (reply) => {
    const said = await bytesOf(reply)
    const url = new URL(asked.url, 'http://sandbox')
    heard.push({
      nsid: url.pathname.split('/xrpc/')[1],
      method: asked.method,
      query: url.searchParams,
      body: json(body, asked.headers),
      status: reply.statusCode,
      answer: json(said, reply.headers),
    })
    answer.writeHead(reply.statusCode, reply.headers).end(said)
  })
  on.end(body)
}

before(async () => {
  port = await freePort()
  sandbox = spawn(carillon, ['sandbox', '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((ready, failed) => {
    sandbox.stdout.once('data', ready)
    sandbox.once('exit', (code) => failed(new Error(`the sandbox ended with ${code}`)))
  })
  between = createServer((asked, answer) => void pass(asked, answer))
  await new Promise((ready) => between.listen(0, '127.0.0.1', ready))
  const child = spawn(speaker, [`http://127.0.0.1:${between.address().port}/bluesky`, ...person], { stdio: ['pipe', 'pipe', 'inherit'] })
  const posts = [
    { refresh: true },
    { parts: [{ text: '🔔 Bells at https://bells.example/now #ringing' }], options: { language: 'en' } },
    { parts: [{ text: 'Our menu', link: 'https://bells.example/menu' }] },
    { parts: [{ text: 'One' }, { text: 'Two' }] },
    { parts: [{ text: 'Lost' }], lose: 'answer' },
    { parts: [{ text: 'x'.repeat(400) }] },
  ]
  child.stdin.end(posts.map((post) => JSON.stringify(post) + '\n').join(''))
  const answers = []
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line))
  assert.equal(answers.length, posts.length)
  for (const { parts = [] } of answers.slice(1, 5)) for (const part of parts) assert.equal(part.fault, undefined, JSON.stringify(part))
})
after(() => {
  between?.close()
  sandbox?.kill('SIGTERM')
})

test('what the sandbox accepts is what the lexicons accept', () => {
  const accepted = heard.filter((h) => h.status === 200 && h.body)
  assert.ok(accepted.length >= 6, `${accepted.length} requests`)
  for (const { nsid, body } of accepted) {
    const input = jsonToLex(body)
    lexicons.assertValidXrpcInput(nsid, input)
    if (input.record) lexicons.assertValidRecord(input.collection, input.record)
  }
})

test('what the sandbox answers is what the lexicons promise', () => {
  const answered = heard.filter((h) => h.status === 200 && h.answer)
  assert.ok(new Set(answered.map((h) => h.nsid)).size >= 4, answered.map((h) => h.nsid).join(' '))
  for (const { nsid, answer } of answered) lexicons.assertValidXrpcOutput(nsid, jsonToLex(answer))
})

test('what the lexicons refuse is refused, with a name for the error', () => {
  const refused = heard.filter((h) => h.status >= 400)
  assert.ok(refused.length >= 1)
  for (const { answer } of refused) {
    assert.equal(typeof answer.error, 'string')
    assert.equal(typeof answer.message, 'string')
  }
  const tooLong = refused.find((h) => h.body?.record)
  assert.throws(() => lexicons.assertValidRecord('app.bsky.feed.post', jsonToLex(tooLong.body.record)))
})

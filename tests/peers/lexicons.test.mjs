// What the connector for Bluesky sends and takes for answers, beside the lexicons that the network publishes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BlobRef, jsonToLex } from '@atproto/lexicon'
import { lexicons } from '@atproto/api'
import { talksOf } from './talks.mjs'

// In the talks the networks' identifiers are short words; lexicons want real ones, of the same kind.
const cid = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
const commit = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const real = (text) =>
  text
    .replaceAll(/"\$link":\s*"[^"]*"/g, `"$link":"${cid}"`)
    .replaceAll(/"cid":\s*"[^"]*"/g, `"cid":"${commit}"`)
    .replaceAll(/"rev":\s*"[^"]*"/g, '"rev":"3n2qblplxk2rj"')
const lexed = (value) => jsonToLex(JSON.parse(real(JSON.stringify(value))))

const calls = talksOf('bluesky').filter((c) => c.url.pathname.startsWith('/xrpc/'))
const nsid = (call) => call.url.pathname.slice('/xrpc/'.length)

function paramsOf(call) {
  const known = lexicons.getDefOrThrow(nsid(call)).parameters?.properties ?? {}
  return Object.fromEntries(
    [...call.url.searchParams].map(([name, value]) => [name, known[name]?.type === 'integer' ? Number(value) : value]),
  )
}

test('every call of the connector is one that the lexicons know, with the right method and parameters', () => {
  assert.ok(calls.length > 40)
  for (const call of calls) {
    const def = lexicons.getDefOrThrow(nsid(call), ['query', 'procedure'])
    assert.equal(call.method, def.type === 'query' ? 'GET' : 'POST', call.place)
    lexicons.assertValidXrpcParams(nsid(call), paramsOf(call))
  }
})

test('every body is a valid input, and every record a valid post', () => {
  let records = 0
  for (const call of calls.filter((c) => c.json)) {
    const input = lexed(call.json)
    lexicons.assertValidXrpcInput(nsid(call), input)
    if (!input.record) continue
    assert.equal(input.record.$type, input.collection, call.place)
    lexicons.assertValidRecord(input.collection, input.record)
    records++
  }
  assert.ok(records > 15, `${records} records`)
})

test('every answer that we take for an acceptance is a valid output', () => {
  let checked = 0
  for (const call of calls.filter((c) => c.reply?.status === 200 && c.reply.json)) {
    lexicons.assertValidXrpcOutput(nsid(call), lexed(call.reply.json))
    checked++
  }
  assert.ok(checked > 15, `${checked} answers`)
})

test('the check itself finds what is wrong', () => {
  const post = { $type: 'app.bsky.feed.post', text: 'Hi', createdAt: '2026-11-20T09:30:00Z' }
  lexicons.assertValidRecord('app.bsky.feed.post', post)
  assert.throws(() => lexicons.assertValidRecord('app.bsky.feed.post', { ...post, text: 'x'.repeat(301) }))
  assert.throws(() => lexicons.assertValidRecord('app.bsky.feed.post', { ...post, createdAt: 'today' }))
  assert.ok(jsonToLex({ $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 1 }) instanceof BlobRef)
})

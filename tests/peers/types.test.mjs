// What the connectors send and take for answers, beside descriptions of the networks' interfaces that are kept as types:
// each request is written down as a value of the type that describes it, and the compiler of TypeScript judges it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaints } from './complaints.mjs'
import { described, head } from './described.mjs'
import { talksOf } from './talks.mjs'

const isRefusal = (call) => call.place.includes('refusals') // some of those answers are broken on purpose
const withoutBroken = (call) => (isRefusal(call) ? { ...call, reply: undefined } : call)
const networks = [
  ['discord', 'Discord', 20],
  ['telegram', 'Telegram', 30],
  ['slack', 'Slack', 20],
  ['youtube', 'YouTube', 50],
  ['x', 'X', 80],
  ['mastodon', 'Mastodon', 60],
]
const values = Object.fromEntries(networks.map(([network]) => [network, talksOf(network).map(withoutBroken).flatMap(described[network])]))
const wrong = complaints(head, Object.values(values).flat())

for (const [network, name, least] of networks)
  test(`${name}: every request and every acceptance is what the description says`, () => {
    assert.ok(values[network].length >= least, `${values[network].length} values`)
    assert.deepEqual(wrong.filter((text) => text.startsWith(`${network}/`)), [])
  })

// A call of the talks that was answered, with one thing changed in it.
function changed([network, method, path, change], i) {
  const found = talksOf(network).find((c) => c.method === method && c.url.pathname.endsWith(path) && accepted(c))
  const { url, ...rest } = found
  const call = { ...structuredClone(rest), url: new URL(url), place: `wrong ${i}` }
  change(call)
  return described[network](call)
}
const accepted = (call) => call.reply?.status === 200 && call.reply.json

test('the check itself finds what is wrong', () => {
  const planted = [
    ['youtube', 'POST', '/thumbnails/set', (c) => (c.reply.json.items[0].default.adress = 'x')],
    ['youtube', 'POST', '/thumbnails/set', (c) => c.url.searchParams.set('video_id', 'x')],
    ['youtube', 'PUT', '/session/1', (c) => (c.reply.json.status.uploadStatus = 7)],
    ['x', 'GET', '/tweets', (c) => c.url.searchParams.set('post.fields', 'created')],
    ['x', 'GET', '/tweets', (c) => (c.reply.json.data[0].made_at = 'x')],
    ['x', 'POST', '/upload', (c) => (c.parts.media_category = 'picture')],
    ['x', 'POST', '/upload', (c) => (c.parts.mediaCategory = 'tweet_image')],
    ['mastodon', 'POST', '/statuses', (c) => (c.json.spoiler = 'x')],
    ['mastodon', 'POST', '/statuses', (c) => (c.json.visibility = 'secret')],
    ['mastodon', 'POST', '/statuses', (c) => (c.reply.json.text = 7)],
  ].map(changed)
  const others = [
    { type: 'Plain<RESTPostAPIWebhookWithTokenJSONBody>', value: { content: 'x', colour: 1 } },
    { type: `Sent<'sendMessage'>`, value: { chat_id: '1' } },
    { type: 'ChatPostMessageArguments', value: { channel: 1, text: 'x' } },
    { type: 'Part<Plain<APIMessage>>', value: { id: 7 } },
  ].map((value, i) => [{ ...value, place: `wrong ${planted.length + i}` }])
  const all = [...planted, ...others]
  const found = complaints(head, all.flat()).map((text) => Number(/^wrong (\d+)/.exec(text)[1]))
  assert.deepEqual([...all.keys()].filter((i) => !found.includes(i)), [])
})

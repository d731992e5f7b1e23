// What the connectors for Facebook and Instagram ask for, and take for answers, beside the client that Meta publishes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, node } from './graph.mjs'
import { talksOf } from './talks.mjs'

const isRefusal = (call) => call.place.includes('refusals') // some of those answers are broken on purpose
const withoutBroken = (call) => (isRefusal(call) ? { ...call, reply: undefined } : call)

for (const [network, name, least] of [
  ['facebook', 'Facebook', 90],
  ['instagram', 'Instagram', 80],
])
  test(`${name}: every edge is there for what is done, every field that is read is known`, () => {
    const judged = talksOf(network).map((call) => judge(network, withoutBroken(call))).filter(Boolean)
    assert.ok(judged.length >= least, `${judged.length} calls`)
    assert.deepEqual(judged.flat(), [])
  })

test('the client is understood', () => {
  assert.ok(node('page').writes.size > 40 && node('page').reads.size > 60 && node('page').fields.size > 100)
  assert.ok(!node('page').writes.has('published_posts'))
})

test('the check itself finds what is wrong', () => {
  const url = (text) => new URL(`https://graph.facebook.com/v24.0/${text}`)
  const wrong = [
    ['facebook', { method: 'POST', url: url('1/feeds') }],
    ['facebook', { method: 'POST', url: url('1/published_posts') }],
    ['facebook', { method: 'GET', url: url('1/published_posts?fields=id,text') }],
    ['facebook', { method: 'GET', url: url('1/published_posts'), reply: { status: 200, json: { data: [{ id: '1', created: 'x' }] } } }],
    ['instagram', { method: 'POST', url: url('1/stories') }],
    ['instagram', { method: 'GET', url: url('1/media?fields=id,message') }],
    ['instagram', { method: 'GET', url: url('1/comments?fields=id,message') }],
  ]
  assert.deepEqual(wrong.map(([network, call]) => judge(network, { place: 'wrong', ...call }).length), wrong.map(() => 1))
})

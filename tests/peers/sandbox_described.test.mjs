// The sandbox's networks beside the descriptions: a Carillon publishes on all of them, and what goes to and fro is judged.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { complaints } from './complaints.mjs'
import { described, head } from './described.mjs'
import { judge } from './graph.mjs'
import { startRecorded } from './recorded.mjs'

const run = promisify(execFile)
let house, folder, accounts, wrong

// Upright, as reels and shorts are; sound, because some networks want it.
const film = ['-f', 'lavfi', '-i', 'testsrc2=size=720x1280:rate=30', '-f', 'lavfi', '-i', 'sine=440', '-t', '5', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1080x1080', '-frames:v', '1']

async function upload(name, type, how) {
  const file = path.join(folder, name)
  await run('ffmpeg', ['-v', 'error', ...how, file])
  const made = await house.call('POST', `/media?name=${name}`, await readFile(file), type)
  return { id: made.id, alt: 'A bell of bronze' }
}

async function publish(kind, ...parts) {
  const takes = accounts.filter((account) => account.kinds.includes(kind))
  assert.ok(takes.length >= 4, `${kind}: ${takes.map((account) => account.network)}`)
  const deliveries = await house.publish({ parts }, takes.map((account) => account.id))
  const failed = deliveries.filter(({ state }) => state !== 'delivered')
  assert.deepEqual(failed.map(({ network, state, reason_text, fault }) => [kind, network, state, fault?.text ?? reason_text]), [])
}

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'carillon-described-'))
  house = await startRecorded()
  const { items: networks } = await house.call('GET', '/networks')
  const kinds = (network) => networks.find((one) => one.network === network).kinds.map((one) => one.kind)
  accounts = (await house.call('GET', '/accounts')).items.map((account) => ({ ...account, kinds: kinds(account.network) }))
  const bell = await upload('bell.jpg', 'image/jpeg', picture)
  const clip = await upload('bell.mp4', 'video/mp4', film)
  const lost = { facebook: '/feed', x: '/2/tweets', mastodon: '/statuses', slack: 'chat.postMessage' }
  for (const [network, place] of Object.entries(lost)) await house.loseAnswer(network, place)
  await Promise.all([
    publish('text', { text: 'Bells at https://bells.example/now #ringing' }),
    publish('image', { text: 'A bell', media: [bell] }),
    publish('images', { text: 'Two bells', media: [bell, { ...bell, alt: 'The same bell' }] }),
    publish('thread', { text: 'One' }, { text: 'Two' }),
    publish('video', { text: 'A bell that rings', media: [clip] }),
    publish('poll', { text: 'Which bell?', poll: { options: ['The big one', 'The small one'], minutes: 1440 } }),
  ])
  wrong = complaints(head, Object.keys(described).flatMap(valuesOf))
})
after(async () => {
  await house?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const callsOf = (network) => house.calls.filter((call) => call.network === network)
const valuesOf = (network) => callsOf(network).flatMap(described[network])

for (const [network, name, least] of [
  ['discord', 'Discord', 6],
  ['telegram', 'Telegram', 10],
  ['slack', 'Slack', 5],
  ['youtube', 'YouTube', 4],
  ['x', 'X', 10],
  ['mastodon', 'Mastodon', 10],
])
  test(`${name}: what our connector and the sandbox say to each other is what the description says`, () => {
    const values = valuesOf(network)
    assert.ok(values.length >= least, `${values.length} values`)
    assert.deepEqual(wrong.filter((text) => text.startsWith(`${network} `)), [])
  })

for (const [network, name, least] of [
  ['facebook', 'Facebook', 4],
  ['instagram', 'Instagram', 3],
])
  test(`${name}: what our connector asks of the sandbox is there`, () => {
    const judged = callsOf(network).map((call) => judge(network, call)).filter(Boolean)
    assert.ok(judged.length >= least, `${judged.length} calls`)
    assert.deepEqual(judged.flat(), [])
  })

test('what got lost was asked for', () => {
  const asked = [/^\/facebook\/.*\/published_posts$/, /^\/x\/2\/users\/\d+\/tweets$/, /^\/slack\/.*conversations\.history$/]
  for (const place of asked) assert.ok(house.calls.some(({ url }) => place.test(url.pathname)), String(place))
})

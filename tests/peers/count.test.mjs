// The length of a post on X: ours beside twitter-text, the rules' own program, over a hundred thousand texts.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import twitter from 'twitter-text'
import { corpus } from './corpus.mjs'
import { topLevelDomains } from './domains.mjs'

const program = process.env.COUNT_TEXTS ?? '../../build/dev/count_texts'
const count = Number(process.env.TEXTS ?? 100_000)

function ours(texts) {
  const ran = spawnSync(program, { input: texts.map((text) => text + '\0').join(''), maxBuffer: 1 << 26 })
  assert.equal(ran.status, 0, String(ran.stderr))
  return String(ran.stdout).trim().split('\n').map(Number)
}

test(`X counts ${count} texts as twitter-text does`, () => {
  const texts = [...corpus(count, 20261120)]
  const lengths = ours(texts)
  assert.equal(lengths.length, texts.length)
  const wrong = []
  texts.forEach((text, i) => {
    const wanted = twitter.parseTweet(text).weightedLength
    if (wanted !== lengths[i]) wrong.push({ text, wanted, seen: lengths[i] })
  })
  const shown = wrong.slice(0, 12).map((w) => `${JSON.stringify(w.text)}: ${w.wanted}, ours ${w.seen}`)
  // What is left are emoji sequences that no keyboard makes (a second variation selector, tags behind a telephone) and
  // names at the very limit of DNS: fewer than one text in ten thousand of these.
  assert.ok(wrong.length * 10_000 < count, `${wrong.length} of ${count} differ\n${shown.join('\n')}`)
  if (wrong.length) console.log(`# ${wrong.length} of ${count} differ, all of them nonsense:\n# ${shown.join('\n# ')}`)
})

test('X knows every top-level domain that twitter-text knows', () => {
  const names = topLevelDomains().map((tld) => `see bells.${tld} now`)
  assert.ok(names.length > 1500)
  const lengths = ours(names)
  const missing = names.filter((name, i) => lengths[i] !== twitter.parseTweet(name).weightedLength)
  assert.deepEqual(missing, [])
})

// The talk files of the channels as requests and answers: what our connectors send, and what we took for the
// networks' answers.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const channels = fileURLToPath(new URL('../../src/channels/', import.meta.url))

function json(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // broken on purpose
  }
}

// [{ place, method, url, json, form, parts, reply: { status, json } }]
function readTalk(place, text) {
  const exchanges = []
  let now = null
  let reply = null
  for (const [index, line] of text.split('\n').entries()) {
    const asked = /^> (\S+) (\S+)/.exec(line)
    const answered = /^< (\d+)/.exec(line)
    const detail = /^ {2}(\w+) (.*)$/.exec(line)
    if (asked) {
      now = { place: `${place}:${index + 1}`, method: asked[1], url: new URL(asked[2].replace('{token}', 'token')), form: {}, parts: {} }
      reply = null
      exchanges.push(now)
    } else if (answered && now) {
      reply = { status: Number(answered[1]) }
      now.reply ??= reply
    } else if (/^\S/.test(line)) {
      reply = null
      if (!line.startsWith('#')) now = line.startsWith('closes') ? now : null
    } else if (detail && reply) {
      if (detail[1] === 'json') reply.json = json(detail[2])
    } else if (detail && now) {
      const [, name, value] = /^([^=]*)=(.*)$/.exec(detail[2]) ?? []
      if (detail[1] === 'json') now.json = json(detail[2])
      if (detail[1] === 'form') now.form[name] = value
      if (detail[1] === 'part') now.parts[name] = value
    }
  }
  return exchanges
}

export function talksOf(network) {
  const folder = `${channels}${network}/talk/`
  const files = readdirSync(folder).filter((name) => name.endsWith('.talk'))
  return files.flatMap((name) => readTalk(`${network}/talk/${name}`, readFileSync(folder + name, 'utf8')))
}

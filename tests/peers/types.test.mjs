// What the connectors send and take for answers, beside descriptions of the networks' interfaces that are kept as types:
// each request is written down as a value of the type that describes it, and the compiler of TypeScript judges it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { talksOf } from './talks.mjs'

const file = fileURLToPath(new URL('./checked.ts', import.meta.url)) // exists in memory only
const head = `
import type { APIMessage, RESTPostAPIWebhookWithTokenJSONBody } from 'discord-api-types/v10'
import type { ApiMethods, ApiResponse } from '@grammyjs/types'
import type { ChatPostMessageArguments, ConversationsHistoryArguments, FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments, ChatPostMessageResponse, FilesGetUploadURLExternalResponse } from '@slack/web-api'
type Part<T> = T extends (infer E)[] ? Part<E>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T
type Sent<M extends keyof ApiMethods<string>> = Parameters<ApiMethods<string>[M]>[0]
type Got<M extends keyof ApiMethods<string>> = Part<ReturnType<ApiMethods<string>[M]>>
type Plain<T> = T extends string ? \`\${T}\` : T extends number ? number : T extends (infer E)[] ? Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T
`

// The complaints of the compiler about values said to be of these types: [{ type, value, place }].
function complaints(values) {
  const source = head + values.map(({ type, value, place }, i) => `const v${i}: ${type} = ${JSON.stringify(value)} // ${place}`).join('\n')
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, moduleResolution: ts.ModuleResolutionKind.NodeNext }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, source, options.target) : read.call(host, name, ...rest))
  host.fileExists = (name) => name === file || ts.sys.fileExists(name)
  const program = ts.createProgram([file], options, host)
  const lines = source.split('\n')
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((found) => {
    const { line } = ts.getLineAndCharacterOfPosition(found.file, found.start)
    return `${lines[line].split(' // ').at(-1)}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`
  })
}

const typed = (text) => {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' || typeof value === 'boolean' ? value : text
  } catch {
    return text
  }
}

function discord() {
  return talksOf('discord').flatMap((call) => {
    if (call.method !== 'POST' || !/\/webhooks\//.test(call.url.pathname)) return []
    const body = call.json ?? (call.parts.payload_json && JSON.parse(call.parts.payload_json))
    const values = body ? [{ type: 'Plain<RESTPostAPIWebhookWithTokenJSONBody>', value: body, place: call.place }] : []
    if (call.reply?.status === 200 && call.reply.json?.id) values.push({ type: 'Part<Plain<APIMessage>>', value: call.reply.json, place: `${call.place} (answer)` })
    return values
  })
}

const isRefusal = (call) => call.place.includes('refusals') // some of those answers are broken on purpose
const numbers = new Set(['duration', 'width', 'height', 'message_thread_id', 'open_period'])
function telegram() {
  return talksOf('telegram').flatMap((call) => {
    const [, name] = /^\/bottoken\/(\w+)$/.exec(call.url.pathname) ?? []
    if (!name || call.method !== 'POST') return []
    const files = /^file\d+$/ // what "attach://file0" speaks of
    const parts = Object.entries(call.parts).filter(([key]) => !files.test(key))
    const body = call.json ?? Object.fromEntries(parts.map(([key, text]) => [key, numbers.has(key) ? Number(text) : typed(text)]))
    const values = [{ type: `Sent<'${name}'>`, value: body, place: call.place }]
    if (call.reply?.status === 200 && call.reply.json?.ok && !isRefusal(call)) values.push({ type: `Got<'${name}'>`, value: call.reply.json.result, place: `${call.place} (answer)` })
    return values
  })
}

// https://docs.slack.dev/reference/methods/files.getUploadURLExternal (2026-09) says alt_txt; the package says alt_text.
const slackTypes = {
  'chat.postMessage': ['ChatPostMessageArguments', 'Part<ChatPostMessageResponse>'],
  'files.getUploadURLExternal': ['FilesGetUploadURLExternalArguments & { alt_txt?: string }', 'Part<FilesGetUploadURLExternalResponse>'],
  'files.completeUploadExternal': ['FilesCompleteUploadExternalArguments', null],
  'conversations.history': ['ConversationsHistoryArguments', null],
}
function slack() {
  return talksOf('slack').flatMap((call) => {
    const [sent, got] = slackTypes[call.url.pathname.split('/').at(-1)] ?? []
    if (!sent) return []
    const fields = { ...Object.fromEntries(call.url.searchParams), ...call.form }
    if (fields.length) fields.length = Number(fields.length)
    if (fields.limit) fields.limit = Number(fields.limit)
    if (fields.include_all_metadata) fields.include_all_metadata = fields.include_all_metadata === 'true'
    const values = [{ type: sent, value: call.json ?? fields, place: call.place }]
    if (got && call.reply?.json?.ok) values.push({ type: got, value: call.reply.json, place: `${call.place} (answer)` })
    return values
  })
}

for (const [name, values, least] of [
  ['Discord', discord, 20],
  ['Telegram', telegram, 30],
  ['Slack', slack, 20],
])
  test(`${name}: every request and every acceptance is what the description says`, () => {
    const all = values()
    assert.ok(all.length >= least, `${all.length} values`)
    assert.deepEqual(complaints(all), [])
  })

test('the check itself finds what is wrong', () => {
  const wrong = [
    { type: 'Plain<RESTPostAPIWebhookWithTokenJSONBody>', value: { content: 'x', colour: 1 }, place: 'one' },
    { type: `Sent<'sendMessage'>`, value: { chat_id: '1' }, place: 'two' },
    { type: 'ChatPostMessageArguments', value: { channel: 1, text: 'x' }, place: 'three' },
    { type: 'Part<Plain<APIMessage>>', value: { id: 7 }, place: 'four' },
  ]
  assert.deepEqual([...new Set(complaints(wrong).map((text) => text.split(':')[0]))], ['one', 'two', 'three', 'four'])
  assert.match(readFileSync(new URL('./package-lock.json', import.meta.url), 'utf8'), /"node_modules\/discord-api-types"/)
})

// A person at the real server, for measurements: sets it up, connects sandbox accounts, opens the page.
//   node visitor.mjs setup LINK KEY_FILE      sets up, makes an API key, connects accounts of three networks; writes
//                                             {key, cookie, accounts}
//   node visitor.mjs open BASE KEY_FILE SECONDS   loads the page and what it asks for, keeps its event stream open
import { readFileSync, writeFileSync } from 'node:fs'

const [verb, where, file, seconds] = process.argv.slice(2)
const person = { email: 'ana@example.com', password: 'four unrelated garden words' }
let cookie = ''

async function ask(url, { method = 'GET', json, form, headers = {} } = {}) {
  const origin = new URL(url).origin
  const answer = await fetch(url, {
    method, redirect: 'manual',
    headers: { origin, ...(cookie ? { cookie } : {}), ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
    body: json ? JSON.stringify(json) : form,
  })
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
  const fresh = answer.headers.getSetCookie().map((line) => line.split(';')[0]).filter((pair) => !pair.endsWith('='))
  if (fresh.length > 0 && !cookie) cookie = fresh.join('; ')
  return answer
}

const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
const attribute = (tag, name) => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

// The network's consent page, agreed to as a browser does it; ends back at the server.
async function consent(url) {
  const page = await (await ask(url)).text()
  const form = new URLSearchParams({ decision: 'allow', person: '0' })
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    if (/type="?hidden/.test(tag)) form.set(attribute(tag, 'name'), attribute(tag, 'value'))
  }
  const action = attribute(/<form[^>]*>/.exec(page)[0], 'action')
  const agreed = await ask(new URL(action, url), { method: 'POST', form })
  await ask(agreed.headers.get('location'))
}

async function setUp() {
  const link = new URL(where)
  const api = `${link.origin}/api/v1`
  await ask(`${api}/setup`, { method: 'POST', json: { token: link.hash.slice('#token='.length), workspace: 'Bench', name: 'Ana', ...person } })
  const made = await (await ask(`${api}/keys`, { method: 'POST', json: { name: 'bench', password: person.password } })).json()
  for (const network of ['x', 'mastodon']) {
    const started = await (await ask(`${api}/accounts/connect`, { method: 'POST', json: { network, sandbox: true } })).json()
    await consent(started.url)
  }
  await ask(`${api}/accounts/connect`, { method: 'POST', json: {
    network: 'telegram', sandbox: true, fields: { token: '100200300:sandbox-bot-token', chat: '@carillon_sandbox' } } })
  const { items } = await (await ask(`${api}/accounts`)).json()
  if (items.length !== 3) throw new Error(`${items.length} accounts are connected, 3 expected`)
  writeFileSync(file, JSON.stringify({ key: made.key, cookie, accounts: items.map((one) => one.id) }))
}

async function open() {
  cookie = JSON.parse(readFileSync(file, 'utf8')).cookie
  const page = await (await ask(`${where}/`)).text()
  for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) await (await ask(where + path)).arrayBuffer()
  for (const path of ['session', 'workspace', 'networks', 'accounts', 'posts?limit=50', 'notices', 'system']) {
    await (await ask(`${where}/api/v1/${path}`)).arrayBuffer()
  }
  const stream = await ask(`${where}/api/v1/events`, { headers: { accept: 'text/event-stream' } })
  const reader = stream.body.getReader()
  await reader.read()
  console.log('open')
  setTimeout(() => process.exit(0), Number(seconds) * 1000)
  for (;;) await reader.read()
}

await (verb === 'setup' ? setUp() : open())

// A Carillon with its sandbox, and somebody between the two who reads along: every call, as the talks write it down.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { createServer as listen } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const program = process.env.CARILLON ?? '../../build/dev/carillon'
const owner = { workspace: 'Corner Shop', email: 'ana@example.com', password: 'four unrelated garden words' }

const settled = new Set(['delivered', 'failed', 'canceled', 'skipped'])

const freePort = () =>
  new Promise((found) => {
    const server = listen().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })
const bytesOf = async (stream) => {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
const jsonOf = (bytes, type = '') => (/json/.test(type) && bytes.length ? JSON.parse(bytes) : undefined)

async function partsOf(bytes, type = '') {
  if (!type.startsWith('multipart/form-data')) return {}
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  return Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : '(bytes)']))
}
const formOf = (bytes, type = '') => (/x-www-form-urlencoded/.test(type) ? Object.fromEntries(new URLSearchParams(String(bytes))) : {})

// Passes everything on to the sandbox, and writes it down.
async function startListener(calls, port) {
  const pass = async (asked, answer) => {
    const body = await bytesOf(asked)
    const onward = { host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: asked.headers }
    const reply = await new Promise((got, failed) => request(onward, got).on('error', failed).end(body))
    const said = await bytesOf(reply)
    const url = new URL(asked.url, 'http://sandbox')
    const type = asked.headers['content-type']
    const network = url.pathname.split('/')[1]
    calls.push({
      network,
      place: `${network} ${calls.length}: ${asked.method} ${asked.url.slice(0, 160)}`,
      method: asked.method,
      url,
      json: jsonOf(body, type),
      form: formOf(body, type),
      parts: await partsOf(body, type),
      reply: { status: reply.statusCode, json: jsonOf(said, reply.headers['content-type']) },
    })
    answer.writeHead(reply.statusCode, reply.headers).end(said)
  }
  const between = createServer((asked, answer) => void pass(asked, answer).catch((error) => answer.destroy(error)))
  await new Promise((ready) => between.listen(0, '127.0.0.1', ready))
  return between
}

async function startProgram(data, port, sandbox, between) {
  const args = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--sandbox', '--sandbox-listen', `127.0.0.1:${sandbox}`, '--sandbox-url', between]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const token = await new Promise((found, failed) => {
    const hear = (bytes) => {
      said += bytes
      const link = /\/setup#token=(\S+)/.exec(said)?.[1]
      if (link) found(decodeURIComponent(link))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => failed(new Error(`carillon ended with ${code}:\n${said}`)))
  })
  return { child, token }
}

export async function startRecorded() {
  const calls = []
  const data = await mkdtemp(path.join(tmpdir(), 'carillon-recorded-'))
  const [port, sandbox] = [await freePort(), await freePort()]
  const between = await startListener(calls, sandbox)
  const { child, token } = await startProgram(data, port, sandbox, `http://127.0.0.1:${between.address().port}`)
  const base = `http://127.0.0.1:${port}`
  let cookie = ''
  const call = async (method, place, body, type = 'application/json') => {
    const answer = await fetch(`${base}/api/v1${place}`, {
      method,
      headers: { origin: base, ...(body && { 'content-type': type }), ...(cookie && { cookie }) },
      body: body && (type === 'application/json' ? JSON.stringify(body) : body),
    })
    cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') || cookie
    const said = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${said}`)
    return said && JSON.parse(said)
  }
  await call('POST', '/setup', { token, ...owner })
  await call('POST', '/accounts/practice')
  return {
    calls,
    call,
    // The network publishes, and its answer is lost: our connector has to ask.
    loseAnswer: async (network, place) => {
      const order = { network, path: place, kind: 'lose_answer', times: 1, percent: 100 }
      const answer = await fetch(`http://127.0.0.1:${sandbox}/control/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) })
      if (!answer.ok) throw new Error(await answer.text())
    },
    // Publishes it now on these accounts, and waits until everything is settled: its deliveries.
    publish: async (content, accounts) => {
      const { id } = await call('POST', '/posts', { content, targets: accounts.map((account) => ({ account })), now: true })
      for (;;) {
        const { deliveries } = await call('GET', `/posts/${id}`)
        if (deliveries.every(({ state }) => settled.has(state))) return deliveries
        await pause(50)
      }
    },
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      between.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

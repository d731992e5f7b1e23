// The job of POST /api/v1/posts written with Fastify, PostgreSQL and BullMQ: who asks is looked up by API key, the
// body is validated by its schema, the accounts are looked up, post and deliveries are inserted in one durable
// transaction, one delayed job per delivery goes to the queue, the answer names them.
// Tuned where an experienced author would: prepared statements, one statement for the inserts, response schema,
// no logger, unix sockets.
import { Queue } from 'bullmq'
import Fastify from 'fastify'
import { hash, id, makeTables, pool, queue, redis } from './places.mjs'

const db = pool(Number(process.env.BENCH_POOL ?? 10)) // pg's own default is 10
await makeTables(db, 4)
const jobs = new Queue(queue, { connection: redis })
await jobs.waitUntilReady()

const body = {
  type: 'object',
  required: ['content', 'platforms', 'scheduledAt'],
  additionalProperties: false,
  properties: {
    content: { type: 'string', minLength: 1, maxLength: 3000 },
    platforms: {
      type: 'array', minItems: 1, maxItems: 10, uniqueItems: true,
      items: { type: 'string', enum: ['x', 'facebook', 'mastodon', 'telegram'] },
    },
    scheduledAt: { type: 'string', format: 'date-time' },
  },
}
const delivery = {
  type: 'object',
  properties: { id: { type: 'string' }, account: { type: 'string' }, network: { type: 'string' }, state: { type: 'string' } },
}
const made = {
  type: 'object',
  properties: {
    id: { type: 'string' }, state: { type: 'string' }, content: { type: 'string' }, scheduledAt: { type: 'string' },
    deliveries: { type: 'array', items: delivery },
  },
}

const lookKey = { name: 'key', text: 'SELECT workspace, person, scopes FROM api_keys WHERE key_sha256 = $1' }
const lookAccounts = {
  name: 'accounts',
  text: 'SELECT id, network FROM accounts WHERE workspace = $1 AND network = ANY($2) AND NOT held',
}
const insert = {
  name: 'insert',
  text: `WITH post AS (INSERT INTO posts (workspace, id, author, content, due) VALUES ($1, $2, $3, $4, $5))
    INSERT INTO deliveries (workspace, id, post, account, state, due)
    SELECT $1, d.id, $2, d.account, 'waiting', $5 FROM unnest($6::uuid[], $7::uuid[]) AS d (id, account)`,
}
const policy = { attempts: 8, backoff: { type: 'exponential', delay: 4000 }, removeOnComplete: true }

async function schedule(request, reply) {
  const header = request.headers.authorization
  const key = header?.startsWith('Bearer ') ? hash(header.slice(7)) : ''
  const caller = (await db.query({ ...lookKey, values: [key] })).rows[0]
  if (!caller) return reply.code(401).send({ error: 'This API key is not valid.' })
  if (!caller.scopes.includes('posts.write')) return reply.code(403).send({ error: 'Not permitted.' })
  const { content, platforms, scheduledAt } = request.body
  const due = new Date(scheduledAt)
  if (!(due > new Date())) return reply.code(422).send({ error: 'scheduledAt is in the past.' })
  const accounts = (await db.query({ ...lookAccounts, values: [caller.workspace, platforms] })).rows
  if (accounts.length !== platforms.length) return reply.code(422).send({ error: 'A platform is not connected.' })

  const post = id()
  const deliveries = accounts.map((one) => ({ id: id(), account: one.id, network: one.network, state: 'waiting' }))
  await db.query({
    ...insert,
    values: [caller.workspace, post, caller.person, content, due, deliveries.map((d) => d.id), deliveries.map((d) => d.account)],
  })
  const delay = due.getTime() - Date.now()
  await jobs.addBulk(
    deliveries.map((d) => ({
      name: d.network,
      data: { workspace: caller.workspace, delivery: d.id, account: d.account },
      opts: { ...policy, delay, jobId: d.id },
    })),
  )
  return reply.code(201).send({ id: post, state: 'scheduled', content, scheduledAt, deliveries })
}

const server = Fastify({ logger: false })
server.post('/posts', { schema: { body, response: { 201: made } } }, schedule)
const address = await server.listen({ host: '127.0.0.1', port: Number(process.env.BENCH_PORT ?? 0) })
console.log(JSON.stringify({ address }))

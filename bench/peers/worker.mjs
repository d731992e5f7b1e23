// The job of the delivery path written with BullMQ: a worker with concurrency 100 calls a local HTTP server with
// undici and then writes what came of it to PostgreSQL (delivery row and attempt row in one statement, durable).
// Usage: node worker.mjs COUNT   prints one line of JSON.
import { Queue, Worker } from 'bullmq'
import { Pool } from 'undici'
import { cpuMicroseconds, servers } from './machine.mjs'
import { account, id, makeTables, pool, queue, redis, target, workspace } from './places.mjs'

const count = Number(process.argv[2] ?? 20000)
const warm = Math.min(2000, Math.floor(count / 5)) // runs before the clock starts: the compiler in Node gets warm
const concurrency = 100
const accounts = 100

export const settle = {
  name: 'settle',
  text: `WITH attempt AS (INSERT INTO attempts (workspace, delivery, number, opened, closed, status, answer)
      VALUES ($1, $2, 1, $3, now(), $4, $5))
    UPDATE deliveries SET state = $6, tries = tries + 1, external_id = $7, settled = now() WHERE workspace = $1 AND id = $2`,
}

export function deliver(db, network, due) {
  return async (job) => {
    const opened = new Date()
    const { statusCode, body } = await network.request({
      method: 'POST', path: '/publish',
      headers: { 'content-type': 'application/json', authorization: 'Bearer token', ...due(job) },
      body: JSON.stringify({ text: job.data.text }),
    })
    const answer = await body.text()
    const state = statusCode === 200 ? 'delivered' : 'failed'
    const external = statusCode === 200 ? JSON.parse(answer).id : ''
    const values = [job.data.workspace, job.data.delivery, opened, statusCode, answer, state, external]
    await db.query({ ...settle, values })
  }
}

async function fill(db, jobs, many) {
  for (let at = 0; at < many; at += 1000) {
    const size = Math.min(1000, many - at)
    const rows = Array.from({ length: size }, (_, i) => ({ delivery: id(), account: account((at + i) % accounts) }))
    await db.query(
      `INSERT INTO deliveries (workspace, id, post, account, state, due)
       SELECT $1, d.id, $1, d.account, 'waiting', now() FROM unnest($2::uuid[], $3::uuid[]) AS d (id, account)`,
      [workspace, rows.map((r) => r.delivery), rows.map((r) => r.account)],
    )
    await jobs.addBulk(rows.map((r) => ({
      name: 'x', data: { workspace, ...r, text: 'Fresh cakes from nine o\'clock.' },
      opts: { attempts: 8, backoff: { type: 'exponential', delay: 4000 }, jobId: r.delivery, removeOnComplete: true },
    })))
  }
}

async function measure() {
  const db = pool(Number(process.env.BENCH_POOL ?? 10))
  await makeTables(db, accounts)
  const jobs = new Queue(queue, { connection: redis })
  await jobs.obliterate({ force: true })
  await fill(db, jobs, count + warm)
  await db.query('CHECKPOINT')
  const network = new Pool(target, { connections: concurrency })
  let done = 0, began = 0, cpu = 0
  const finished = new Promise((resolve, reject) => {
    const worker = new Worker(queue, deliver(db, network, () => ({})), { connection: redis, concurrency, autorun: false })
    worker.on('failed', (_, error) => reject(error))
    worker.on('completed', () => {
      ++done
      if (done === warm) (began = performance.now()), (cpu = cpuMicroseconds([process.pid, ...servers]))
      if (done === warm + count) resolve()
    })
    worker.run()
  })
  await finished
  const seconds = (performance.now() - began) / 1000
  const spent = cpuMicroseconds([process.pid, ...servers]) - cpu
  const { rows } = await db.query("SELECT count(*)::int AS n FROM deliveries WHERE state = 'delivered'")
  if (rows[0].n !== count + warm) throw new Error(`${rows[0].n} delivered, ${count + warm} expected`)
  console.log(JSON.stringify({ what: 'path', who: 'bullmq', count, seconds, per_second: count / seconds, cpu_us: spent / count }))
  process.exit(0)
}

if (process.argv[1].endsWith('worker.mjs')) await measure()

// Lateness of BullMQ: delayed jobs due over ten seconds, the same job as in worker.mjs. What is measured is when the
// request arrives at the local server (which keeps the figures) against the time when the job was due.
// Usage: node lateness.mjs COUNT SECONDS   prints one line of JSON.
import { Queue, Worker } from 'bullmq'
import { Pool } from 'undici'
import { account, id, makeTables, pool, queue, redis, target, workspace } from './places.mjs'
import { deliver } from './worker.mjs'

const count = Number(process.argv[2] ?? 10000)
const seconds = Number(process.argv[3] ?? 10)
const db = pool(Number(process.env.BENCH_POOL ?? 10))
await makeTables(db, 100)
const jobs = new Queue(queue, { connection: redis })
await jobs.obliterate({ force: true })

const first = Date.now() + 5000
for (let at = 0; at < count; at += 1000) {
  const rows = Array.from({ length: Math.min(1000, count - at) }, (_, i) => ({
    delivery: id(), account: account((at + i) % 100), due: first + Math.floor(((at + i) * seconds * 1000) / count),
  }))
  await db.query(
    `INSERT INTO deliveries (workspace, id, post, account, state, due)
     SELECT $1, d.id, $1, d.account, 'waiting', now() FROM unnest($2::uuid[], $3::uuid[]) AS d (id, account)`,
    [workspace, rows.map((r) => r.delivery), rows.map((r) => r.account)],
  )
  const now = Date.now()
  await jobs.addBulk(rows.map((r) => ({
    name: 'x', data: { workspace, delivery: r.delivery, account: r.account, text: 'Fresh cakes from nine o\'clock.' },
    opts: { timestamp: now, delay: r.due - now, jobId: r.delivery, removeOnComplete: true },
  })))
}
if (Date.now() > first - 500) throw new Error('filling took too long')

const network = new Pool(target, { connections: 100 })
await (await network.request({ method: 'DELETE', path: '/lateness' })).body.dump()
const due = (job) => ({ 'x-due': String(job.timestamp + job.opts.delay) })
let done = 0
await new Promise((resolve, reject) => {
  const worker = new Worker(queue, deliver(db, network, due), { connection: redis, concurrency: 100 })
  worker.on('failed', (_, error) => reject(error))
  worker.on('completed', () => ++done === count && resolve())
})
const answer = await (await network.request({ method: 'GET', path: '/lateness' })).body.json()
console.log(JSON.stringify({ what: 'lateness', who: 'bullmq', ...answer }))
process.exit(0)

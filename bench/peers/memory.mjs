// Memory that waiting takes in Redis: delayed jobs as schedule_server.mjs makes them (ids only; the content is in
// PostgreSQL). Usage: node memory.mjs COUNT   prints one line of JSON.
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { account, id, queue, redis, workspace } from './places.mjs'

const count = Number(process.argv[2] ?? 1_000_000)
const jobs = new Queue(queue, { connection: redis })
const client = new Redis(redis)
const used = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1])
const before = await used()
for (let at = 0; at < count; at += 2000) {
  await jobs.addBulk(Array.from({ length: Math.min(2000, count - at) }, (_, i) => {
    const delivery = id()
    return {
      name: 'x', data: { workspace, delivery, account: account((at + i) % 100) },
      opts: {
        attempts: 8, backoff: { type: 'exponential', delay: 4000 }, removeOnComplete: true, jobId: delivery,
        delay: 86_400_000 + (at + i) * 10,
      },
    }
  }))
}
console.log(JSON.stringify({ what: 'memory', who: 'bullmq', count, megabytes: ((await used()) - before) / 1e6 }))
process.exit(0)

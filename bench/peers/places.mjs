// Where the peers' servers are (bench/run starts them and says so in the environment), and what is in them.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'

export const redis = { path: process.env.BENCH_REDIS, maxRetriesPerRequest: null }
export const target = process.env.BENCH_ECHO // "http://127.0.0.1:port"
export const workspace = '0198e5a0-7c00-7000-8000-000000000001'
export const person = '0198e5a0-7c00-7000-8000-000000000002'
export const apiKey = 'bench_0123456789abcdef0123456789abcdef'
export const networks = ['x', 'facebook', 'mastodon', 'telegram']
export const queue = 'deliveries'

export const hash = (text) => createHash('sha256').update(text).digest('hex')

export const pool = (max) =>
  new pg.Pool({ host: process.env.BENCH_POSTGRES, user: 'postgres', database: 'postgres', max })

// The account number `index` of the workspace.
export const account = (index) => `0198e5a0-7c00-7000-8000-${(0x1000 + index).toString(16).padStart(12, '0')}`

// UUIDv7, as Carillon's ids are; random bytes are taken in large portions.
let dice = randomBytes(8192)
let used = 0
export function id() {
  if (used + 10 > dice.length) (dice = randomBytes(8192)), (used = 0)
  const tail = dice.toString('hex', used, used + 10)
  used += 10
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(1, 4)}-8${tail.slice(5, 8)}-${tail.slice(8, 20)}`
}

// An empty database with the schema, one key and `count` accounts.
export async function makeTables(db, count) {
  await db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await db.query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'))
  await db.query('INSERT INTO api_keys VALUES ($1, $2, $3, $4)', [hash(apiKey), workspace, person, ['posts.write']])
  for (let i = 0; i < count; ++i) {
    await db.query('INSERT INTO accounts VALUES ($1, $2, $3)', [workspace, account(i), networks[i % networks.length]])
  }
}

// Reads the figures of a run (bench/results/*.jsonl) and prints, for each gate, medians over the rounds, their ratio
// and whether the gate is met. Usage: node report.mjs RESULTS ITEM...   Exit code 1 when a gate is missed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const [folder, ...items] = process.argv.slice(2)

const lines = (item) => {
  const file = `${folder}/${item}.jsonl`
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []
}
const median = (values) => {
  const sorted = values.filter((v) => typeof v === 'number').sort((a, b) => a - b)
  if (sorted.length === 0) return NaN
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
// The median of one figure of one contender over the rounds.
const of = (item, who, figure, what) =>
  median(lines(item).filter((l) => l.who === who && (!what || l.what === what)).map((l) => l[figure]))
const show = (value, unit = '') =>
  Number.isFinite(value) ? `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))}${unit}` : 'not measured'

const rows = []
// better: 'higher' when the gate is a least ratio, 'lower' when it is a largest value.
const gate = (name, ours, peer, value, limit, better, unit = '') =>
  rows.push({ name, ours, peer, value: show(value, unit), gate: `${better === 'higher' ? '≥' : '≤'} ${limit}${unit}`,
    met: better === 'higher' ? value >= limit : value <= limit, number: value })
const note = (name, ours, peer, value = '') => rows.push({ name, ours, peer, value, gate: '', met: null })

const reports = {
  schedule() {
    const ours = of('schedule', 'carillon', 'per_second'), peer = of('schedule', 'fastify', 'per_second')
    gate('schedule a post for 3 targets, durable: requests/s', show(ours), show(peer), ours / peer, 5, 'higher', '×')
    const cpu = [of('schedule', 'carillon', 'cpu_us'), of('schedule', 'fastify', 'cpu_us')]
    note('… CPU µs per request, servers and databases', show(cpu[0]), show(cpu[1]), show(cpu[1] / cpu[0], '×'))
    note('… latency p50 / p99, ms', `${show(of('schedule', 'carillon', 'p50_ms'))} / ${show(of('schedule', 'carillon', 'p99_ms'))}`,
      `${show(of('schedule', 'fastify', 'p50_ms'))} / ${show(of('schedule', 'fastify', 'p99_ms'))}`)
  },
  path() {
    const ours = of('path', 'carillon', 'per_second'), peer = of('path', 'bullmq', 'per_second')
    gate('deliveries/s through the whole path', show(ours), show(peer), ours / peer, 3, 'higher', '×')
    const cpu = [of('path', 'carillon', 'cpu_us'), of('path', 'bullmq', 'cpu_us')]
    note('… CPU µs per delivery, worker and databases', show(cpu[0]), show(cpu[1]), show(cpu[1] / cpu[0], '×'))
  },
  lateness() {
    const p99 = of('lateness', 'carillon', 'p99_ms')
    const each = (who) => ['p50_ms', 'p99_ms', 'max_ms'].map((f) => show(of('lateness', who, f))).join(' / ')
    gate('lateness of 10,000 due over 10 s: p99', show(p99, ' ms'), show(of('lateness', 'bullmq_hz_10', 'p99_ms'), ' ms'), p99, 5, 'lower', ' ms')
    note('… p50 / p99 / max, ms (peer: Redis hz 10, as shipped)', each('carillon'), each('bullmq_hz_10'))
    note('… p50 / p99 / max, ms (peer: Redis hz 500)', each('carillon'), each('bullmq_hz_500'))
  },
  memory() {
    const serve = of('memory', 'carillon', 'rss_mb', 'server_start')
    gate('1,000,000 waiting: resident memory of the server', show(serve, ' MB'), show(of('memory', 'bullmq', 'megabytes'), ' MB in Redis'), serve, 120, 'lower', ' MB')
    const ready = of('memory', 'carillon', 'ready_ms', 'server_start')
    gate('… from exec to ready', show(ready, ' ms'), '', ready, 1000, 'lower', ' ms')
    note('… engine at work on its own: ready, memory', `${show(of('memory', 'carillon', 'ready_ms', 'start'), ' ms')}, ${show(of('memory', 'carillon', 'rss_mb', 'start'), ' MB')}`, '')
    const few = of('memory', 'carillon', 'p50_ms', 'claims_few'), many = of('memory', 'carillon', 'p50_ms', 'claims_many')
    gate('… claim of 64 against the same with 10,000 waiting', `${show(many, ' ms')} / ${show(few, ' ms')}`, '', many / few, 1.3, 'lower', '×')
  },
  lane() {
    const all = lines('lane'), with_ = (some) => median(all.filter((l) => (l.backlog > 0) === some).map((l) => l.p99_ms))
    gate('a closed lane with 1,000,000 due moves another lane\'s p99 by', `${show(with_(true), ' ms')} / ${show(with_(false), ' ms')}`, '', with_(true) - with_(false), 2, 'lower', ' ms')
  },
  dead() {
    const p99 = (beside) => median(lines('dead').filter((l) => l.beside_dead === beside).map((l) => l.p99_ms))
    gate('a dead network with as many due moves the others\' p99 lateness to', `${show(p99(true), ' ms')} / ${show(p99(false), ' ms')}`, '', p99(true) / p99(false), 1.1, 'lower', '×')
  },
  idle() {
    const rss = of('idle', 'carillon', 'rss_mb')
    gate('idle with the page open: resident memory', show(rss, ' MB'), '', rss, 60, 'lower', ' MB')
  },
}

for (const item of items) reports[item]()
const table = ['| what | Carillon | peer | result | gate | |', '|---|---|---|---|---|---|',
  ...rows.map((r) => `| ${r.name} | ${r.ours} | ${r.peer} | ${r.value} | ${r.gate} | ${r.met === null ? '' : r.met ? 'met' : '**missed**'} |`)]
console.log(table.join('\n'))
writeFileSync(`${folder}/table.md`, table.join('\n') + '\n')
process.exit(rows.some((r) => r.met === false) ? 1 : 0)

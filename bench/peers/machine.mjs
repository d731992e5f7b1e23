// What the machine says about processes: CPU time of a process and all that it started.
// Usage: node machine.mjs PID...   prints microseconds
import { readdirSync, readFileSync } from 'node:fs'

const tick = 10_000 // microseconds: USER_HZ is 100 on Linux

function read(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), own: Number(fields[11]) + Number(fields[12]), gone: Number(fields[13]) + Number(fields[14]) }
  } catch {
    return null
  }
}

// Microseconds of user and system time of these processes, their children, and those of them that have ended.
export function cpuMicroseconds(pids) {
  const all = new Map()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) {
      const found = read(name)
      if (found) all.set(Number(name), found)
    }
  }
  const wanted = new Set(pids)
  for (let grew = true; grew; ) {
    grew = false
    for (const [pid, { parent }] of all) if (!wanted.has(pid) && wanted.has(parent)) wanted.add(pid), (grew = true)
  }
  let ticks = 0
  for (const pid of wanted) ticks += (all.get(pid)?.own ?? 0) + (all.get(pid)?.gone ?? 0)
  return ticks * tick
}

// The servers that bench/run started for us.
export const servers = (process.env.BENCH_SERVER_PIDS ?? '').split(' ').filter(Boolean).map(Number)

if (process.argv[1].endsWith('machine.mjs')) console.log(cpuMicroseconds(process.argv.slice(2).map(Number)))

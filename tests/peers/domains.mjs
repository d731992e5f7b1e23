// The top-level domains that twitter-text knows, out of its rules.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
function list(name) {
  const rule = require(`twitter-text/dist/regexp/${name}.js`)
  return /\(\?:\(\?:([^)]*)\)/.exec(rule.source ?? rule)[1].split('|')
}
export const topLevelDomains = () =>
  [...new Set([...list('validGTLD'), ...list('validCCTLD')])].map((word) => word.normalize().toLowerCase())

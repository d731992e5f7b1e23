// What Meta's own client knows of the Graph API: which edges a node has, for reading and for writing, and which fields. It
// knows no parameters of writes, and neither containers of Instagram nor posts of Threads.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const objects = fileURLToPath(new URL('./node_modules/facebook-nodejs-business-sdk/src/objects/', import.meta.url))

// https://developers.facebook.com/docs/graph-api/reference/user/accounts (2026-09): what the person may do with a page.
const told = { page: ['tasks'] }

const known = new Map()
// { fields, reads, writes } of an object of the client.
export function node(name) {
  if (known.has(name)) return known.get(name)
  const file = `${objects}${name}.js`
  const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const fields = /static get Fields[^{]*\{\s*return Object\.freeze\(\{([^}]*)\}/.exec(source)?.[1] ?? ''
  const edges = (verb) => new Set([...source.matchAll(new RegExp(`this\\.${verb}Edge\\([^)]*?'/(\\w+)'`, 'g'))].map(([, edge]) => edge))
  const found = {
    fields: new Set([...[...fields.matchAll(/(\w+): '/g)].map(([, field]) => field), ...(told[name] ?? [])]),
    reads: edges('get'),
    writes: edges('create'),
  }
  known.set(name, found)
  return found
}

// Whose edge it is, and what stands behind it.
const edges = {
  facebook: { accounts: ['user', 'page'], comments: ['page-post', 'comment'], published_posts: ['page', 'page-post'], stories: ['page', 'stories'] },
  instagram: { comments: ['ig-media', 'ig-comment'], media: ['ig-user', 'ig-media-for-ig-only-api'], stories: ['ig-user', 'ig-media-for-ig-only-api'] },
}
const owners = { facebook: 'page', instagram: 'ig-user' }

// "id,attachments{target{id},subattachments{target{id}}}" -> id, attachments
function names(text) {
  const shallower = text.replace(/\{[^{}]*\}/g, '')
  return shallower === text ? text.split(',') : names(shallower)
}

function wrongFields(kind, asked, place) {
  const { fields, reads } = node(kind)
  return asked.filter((field) => !fields.has(field) && !reads.has(field)).map((field) => `${place}: ${kind} has no field ${field}`)
}

// Of what is asked for, and of what comes back.
function wrongReads(kind, call) {
  const fields = call.url.searchParams.get('fields')
  const said = call.reply?.status === 200 ? call.reply.json : null
  const items = Array.isArray(said?.data) ? said.data : said && !('data' in said) ? [said] : []
  const asked = fields ? wrongFields(kind, names(fields), call.place) : []
  return [...asked, ...items.flatMap((item) => wrongFields(kind, Object.keys(item), `${call.place} (answer)`))]
}

// The account itself.
const selves = { instagram: 'ig-user-for-ig-only-api' }
const judgeSelf = (network, call) => (selves[network] ? wrongReads(selves[network], call) : null)

// What is wrong with a call of the connectors for Facebook or Instagram: texts; null: nothing is known of such a call.
export function judge(network, call) {
  const [, id, edge] = /\/v\d+\.\d+\/([^/]+)(?:\/(\w+))?$/.exec(call.url.pathname) ?? []
  if (!edge) return id === 'me' ? judgeSelf(network, call) : null
  const [owner, kind] = edges[network][edge] ?? [owners[network], null]
  const there = call.method === 'POST' ? node(owner).writes : node(owner).reads
  const wrong = there.has(edge) ? [] : [`${call.place}: ${owner} has no edge ${edge} for ${call.method}`]
  if (call.method !== 'GET' || !kind) return wrong
  return [...wrong, ...wrongReads(kind, call)]
}

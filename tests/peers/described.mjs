// What descriptions that are kept as types say of a call: [{ type, value, place }], for its request and its answer. A call
// is { place, method, url, json, form, parts, reply: { status, json } }; its path may begin with the network's name.

export const head = `
import type { APIMessage, RESTPostAPIWebhookWithTokenJSONBody } from 'discord-api-types/v10'
import type { ApiMethods } from '@grammyjs/types'
import type { ChatPostMessageArguments, ConversationsHistoryArguments, FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments, ChatPostMessageResponse, FilesGetUploadURLExternalResponse } from '@slack/web-api'
import type { youtube_v3 as youtube } from '@googleapis/youtube'
import type { Schemas as X, UsersClient } from '@xdevplatform/xdk'
import type { mastodon } from 'masto'
type Part<T> = T extends (infer E)[] ? Part<E>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T
type Sent<M extends keyof ApiMethods<string>> = Parameters<ApiMethods<string>[M]>[0]
type Got<M extends keyof ApiMethods<string>> = Part<ReturnType<ApiMethods<string>[M]>>
type Plain<T> = T extends string ? \`\${T}\` : T extends number ? number : T extends (infer E)[] ? Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T
type Toot = Part<mastodon.v1.Status> & { account?: { uri?: string }, poll?: { emojis?: unknown[] } | null }
type Server = Part<Omit<mastodon.v2.Instance, 'apiVersions'>> & { apiVersions?: { mastodon?: number }, configuration?: { mediaAttachments?: { descriptionLimit?: number } } }
type XFailed = { data?: { processingInfo?: { error?: { code: number, name: string, message: string } } } }
type XFinalized = X.FinalizeMediaUploadResponse & XFailed
type XStatus = X.GetMediaUploadStatusResponse & XFailed
type XTimeline = NonNullable<Parameters<UsersClient['getPosts']>[1]>
type XSelf = NonNullable<Parameters<UsersClient['getMe']>[0]>
`

const accepted = (call) => call.reply?.status >= 200 && call.reply.status < 300 && call.reply.json
const answer = (call, type) => (accepted(call) && type ? [{ type, value: call.reply.json, place: `${call.place} (answer)` }] : [])
const request = (call, type, value) => (type ? [{ type, value, place: call.place }] : [])

// These clients write in camel case what the network has with lines between; what is sent otherwise stays wrong.
const camel = (name) => (/[A-Z]/.test(name) ? `as sent: ${name}` : name.replace(/[_.]([a-z])/g, (_, c) => c.toUpperCase()))
const inCamel = (value) => {
  if (Array.isArray(value)) return value.map(inCamel)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [camel(name), inCamel(one)]))
}
const camelCall = (call) => ({ ...call, reply: call.reply && { ...call.reply, json: inCamel(call.reply.json) } })

// A text from an address or a form, as what the description takes it for.
const read = (fields, kinds) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, text]) => {
      if (kinds[name] === 'number') return [name, Number(text)]
      if (kinds[name] === 'boolean') return [name, text === 'true' ? true : text]
      return [name, kinds[name] === 'list' ? text.split(',') : text]
    }),
  )
const query = (call) => Object.fromEntries(call.url.searchParams)

function discord(call) {
  if (call.method !== 'POST' || !/\/webhooks\//.test(call.url.pathname)) return []
  const body = call.json ?? (call.parts.payload_json && JSON.parse(call.parts.payload_json))
  const values = body ? request(call, 'Plain<RESTPostAPIWebhookWithTokenJSONBody>', body) : []
  return call.reply?.json?.id ? [...values, ...answer(call, 'Part<Plain<APIMessage>>')] : values
}

const typed = (text) => {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' || typeof value === 'boolean' ? value : text
  } catch {
    return text
  }
}
const telegramNumbers = new Set(['duration', 'width', 'height', 'message_thread_id', 'open_period'])
function telegram(call) {
  const [, name] = /\/bot[^/]+\/(\w+)$/.exec(call.url.pathname) ?? []
  if (!name || call.method !== 'POST') return []
  const files = new Set([...Object.values(call.parts).join(' ').matchAll(/attach:\/\/(\w+)/g)].map(([, file]) => file))
  const parts = Object.entries(call.parts).filter(([key]) => !files.has(key))
  const body = call.json ?? Object.fromEntries(parts.map(([key, text]) => [key, telegramNumbers.has(key) ? Number(text) : typed(text)]))
  const bare = Object.keys(body).length === 0 // of a method that takes nothing
  const values = request(call, bare ? 'object' : `Sent<'${name}'>`, body)
  if (accepted(call) && call.reply.json.ok) values.push({ type: `Got<'${name}'>`, value: call.reply.json.result, place: `${call.place} (answer)` })
  return values
}

// https://docs.slack.dev/reference/methods/files.getUploadURLExternal (2026-09) says alt_txt; the package says alt_text.
const slackTypes = {
  'chat.postMessage': ['ChatPostMessageArguments', 'Part<ChatPostMessageResponse>'],
  'files.getUploadURLExternal': ['FilesGetUploadURLExternalArguments & { alt_txt?: string }', 'Part<FilesGetUploadURLExternalResponse>'],
  'files.completeUploadExternal': ['FilesCompleteUploadExternalArguments', null],
  'conversations.history': ['ConversationsHistoryArguments', null],
}
const slackKinds = { length: 'number', limit: 'number', include_all_metadata: 'boolean' }
function slack(call) {
  const [sent, got] = slackTypes[call.url.pathname.split('/').at(-1)] ?? []
  if (!sent) return []
  const values = request(call, sent, call.json ?? read({ ...query(call), ...call.form }, slackKinds))
  return call.reply?.json?.ok ? [...values, ...answer(call, got)] : values
}

// Types of the client that Google generates from its discovery document.
const youtubeCalls = [
  ['POST', /\/upload\/youtube\/v3\/videos$/, 'Insert', 'Videos', null],
  ['PUT', /\/upload\//, null, null, 'Video'], // an address that the first answer gave
  ['POST', /\/upload\/youtube\/v3\/thumbnails\/set$/, 'Set', 'Thumbnails', 'ThumbnailSetResponse'],
  ['GET', /\/youtube\/v3\/channels$/, 'List', 'Channels', 'ChannelListResponse'],
  ['GET', /\/youtube\/v3\/videos$/, 'List', 'Videos', 'VideoListResponse'],
  ['GET', /\/youtube\/v3\/search$/, 'List', 'Search', 'SearchListResponse'],
  ['GET', /\/youtube\/v3\/playlistItems$/, 'List', 'Playlistitems', 'PlaylistItemListResponse'],
]
const youtubeKinds = { part: 'list', id: 'list', maxResults: 'number', mine: 'boolean', forMine: 'boolean' }
function youtube(call) {
  const [, , verb, resource, got] = youtubeCalls.find(([method, path]) => call.method === method && path.test(call.url.pathname)) ?? []
  const value = { ...read(query(call), youtubeKinds), ...(call.json && { requestBody: call.json }) }
  return [...request(call, verb && `youtube.Params$Resource$${resource}$${verb}`, value), ...answer(call, got && `youtube.Schema$${got}`)]
}

// Types of the client that X generates from its OpenAPI document. That document knows no error in processing_info;
// https://docs.x.com/x-api/media/quickstart/media-upload-chunked (2026-09) shows it.
const xCalls = [
  ['POST', /\/2\/tweets$/, 'X.CreatePostsRequest', 'X.CreatePostsResponse'],
  ['POST', /\/2\/media\/upload$/, 'X.MediaUploadRequest', 'X.MediaUploadResponse'],
  ['POST', /\/2\/media\/upload\/initialize$/, 'X.InitializeMediaUploadRequest', 'X.InitializeMediaUploadResponse'],
  ['POST', /\/2\/media\/upload\/\w+\/append$/, 'X.AppendMediaUploadRequest', 'X.AppendMediaUploadResponse'],
  ['POST', /\/2\/media\/upload\/\w+\/finalize$/, null, 'XFinalized'],
  ['GET', /\/2\/media\/upload$/, null, 'XStatus'],
  ['POST', /\/2\/media\/metadata$/, 'X.CreateMediaMetadataRequest', 'X.CreateMediaMetadataResponse'],
  ['POST', /\/2\/articles\/draft$/, 'X.ArticleCreateDraftRequest', 'X.ArticleCreateDraftResponse'],
  ['POST', /\/2\/articles\/\w+\/publish$/, null, 'X.ArticlePublishResponse'],
  ['GET', /\/2\/users\/\d+\/tweets$/, 'XTimeline', 'X.GetUsersPostsResponse'],
  ['GET', /\/2\/users\/me$/, 'XSelf', 'X.GetUsersMeResponse'],
]
const xKinds = { max_results: 'number', segment_index: 'number', 'post.fields': 'list', 'user.fields': 'list' }
function x(call) {
  const [, , sent, got] = xCalls.find(([method, path]) => call.method === method && path.test(call.url.pathname)) ?? []
  const value = call.json ?? read({ ...query(call), ...call.form, ...call.parts }, xKinds)
  return [...request(call, sent, inCamel(value)), ...answer(camelCall(call), got && `Part<${got}>`)]
}

// Types of masto, which follow Mastodon's documentation entity by entity. What they do not know is in the documentation
// (https://docs.joinmastodon.org/entities, 2026-09): uri of an account, emojis of a poll, description_limit; api_versions
// are numbers.
const mastodonCalls = [
  ['POST', /\/api\/v1\/statuses$/, 'mastodon.rest.v1.CreateStatusParams', 'Toot'],
  ['POST', /\/api\/v2\/media$/, 'mastodon.rest.v2.CreateMediaAttachmentParams', 'Part<mastodon.v1.MediaAttachment>'],
  ['GET', /\/api\/v1\/media\/\w+$/, null, 'Part<mastodon.v1.MediaAttachment>'],
  ['GET', /\/api\/v1\/accounts\/\w+\/statuses$/, 'mastodon.rest.v1.ListAccountStatusesParams', 'Toot[]'],
  ['GET', /\/api\/v1\/accounts\/verify_credentials$/, null, 'Part<mastodon.v1.CredentialAccount> & { uri?: string }'],
  ['GET', /\/api\/v2\/instance$/, null, 'Server'],
  ['POST', /\/api\/v1\/apps$/, 'mastodon.rest.v1.CreateAppParams', null],
]
const mastodonKinds = { limit: 'number', exclude_reblogs: 'boolean', exclude_replies: 'boolean' }
function mastodon(call) {
  const [, , sent, got] = mastodonCalls.find(([method, path]) => call.method === method && path.test(call.url.pathname)) ?? []
  const value = call.json ?? read({ ...query(call), ...call.form, ...call.parts }, mastodonKinds)
  return [...request(call, sent, inCamel(value)), ...answer(camelCall(call), got)]
}

export const described = { discord, telegram, slack, youtube, x, mastodon }

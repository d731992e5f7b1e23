// The reference server of the AT Protocol with a directory of its own, on this machine, for one test.
import * as plc from '@did-plc/server'
import { Secp256k1Keypair } from '@atproto/crypto'
import { PDS } from '@atproto/pds'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })

export async function startBluesky() {
  const folder = await mkdtemp(path.join(tmpdir(), 'carillon-pds-'))
  const names = await freePort()
  const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: names })
  await directory.start()
  const rotation = await Secp256k1Keypair.create({ exportable: true })
  const port = await freePort()
  const server = await PDS.fromEnv({
    devMode: true,
    port,
    hostname: 'localhost',
    dataDirectory: folder,
    blobstoreDiskLocation: path.join(folder, 'blobs'),
    recoveryDidKey: (await Secp256k1Keypair.create()).did(),
    adminPassword: 'for this test',
    jwtSecret: 'of this test',
    serviceHandleDomains: ['.test'],
    didPlcUrl: `http://localhost:${names}`,
    plcRotationKeyK256PrivateKeyHex: Buffer.from(await rotation.export()).toString('hex'),
    inviteRequired: false,
    disableSsrfProtection: true,
    bskyAppViewUrl: 'https://appview.invalid',
    bskyAppViewDid: 'did:example:invalid',
    modServiceUrl: 'https://moderator.invalid',
    modServiceDid: 'did:example:invalid',
  })
  await server.start()
  const base = `http://localhost:${port}`

  // One call; the answer's JSON.
  const call = async (nsid, { body, query, token } = {}) => {
    const answer = await fetch(`${base}/xrpc/${nsid}?${new URLSearchParams(query)}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    })
    const said = await answer.json()
    if (!answer.ok) throw new Error(`${nsid}: ${answer.status} ${JSON.stringify(said)}`)
    return said
  }
  return {
    base,
    call,
    // Somebody with an app password, as people make one in their settings.
    join: async (handle) => {
      const made = await call('com.atproto.server.createAccount', {
        body: { handle, email: `${handle.split('.')[0]}@example.test`, password: 'four unrelated garden words' },
      })
      const app = await call('com.atproto.server.createAppPassword', { body: { name: 'carillon' }, token: made.accessJwt })
      return { did: made.did, handle, password: app.password }
    },
    posts: async (did) =>
      (await call('com.atproto.repo.listRecords', { query: { repo: did, collection: 'app.bsky.feed.post', limit: '100', reverse: 'true' } })).records,
    stop: async () => {
      await server.destroy()
      await directory.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

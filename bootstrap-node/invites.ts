// A private node (`--invite-only`): nobody is let in but devices that once came with an invite. An invite is a link to the node's own page,
// which leaves a cookie; the browser shows it with the page's WebSocket, before any handshake. From then on the device is known by its key,
// over either transport. Invites are signed, not kept: id | expiry | HMAC, so making one needs no running node.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { keptFile } from './kept-file.ts'
import type { Limits } from './limits.ts'

export interface Invites {
  /** Whether a token is one of ours and not over. */
  isGood(token: string): boolean
  /** Remembers with which invite a socket came, for as long as its handshake may take. */
  cameWith(request: IncomingMessage, address: string): void
  /** Whether a peer may come in from there; who comes with an invite is a guest from then on. */
  admits(peer: string, address: string, port: number): boolean
  /** Settles when all guests are on disk. */
  kept(): Promise<void>
}

/** `/invite/TOKEN` is where an invite leads. */
export const invitePath = '/invite/'
const cookieName = 'parley-invite'
const idBytes = 6
const macBytes = 12
const minute = 60_000
/** Milliseconds that a socket's invite is remembered: a handshake's time. */
const handshakeMs = 30_000

/** A token that is good for so many days, by the secret of a data folder. */
export const makeInvite = async (folder: string, days: number, now = Date.now()): Promise<string> => {
  const head = Buffer.concat([randomBytes(idBytes), Buffer.alloc(4)])
  head.writeUInt32BE(Math.floor(now / minute) + days * 24 * 60, idBytes)
  return Buffer.concat([head, macOf(await loadSecret(folder), head)]).toString('base64url')
}

/** The cookie that an invite leaves; scripts never see it, and other sites never send it. */
export const inviteCookie = (token: string, secure: boolean): string =>
  `${cookieName}=${token}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

export const openInvites = async (folder: string, limits: Limits, now: () => number = Date.now): Promise<Invites> => {
  const secret = await loadSecret(folder)
  const path = join(folder, 'guests.json')
  /** Peers, each with the id of the invite it came by. */
  const guests = new Map<string, string>(Object.entries(await readGuests(path)))
  const coming = new Map<string, { readonly id: string; readonly until: number }>()
  let writing = Promise.resolve()

  const idIn = (token: string): string | undefined => {
    const bytes = Buffer.from(token, 'base64url')
    const head = bytes.subarray(0, idBytes + 4)
    if (bytes.length !== head.length + macBytes || !timingSafeEqual(bytes.subarray(head.length), macOf(secret, head))) return undefined
    return head.readUInt32BE(idBytes) * minute > now() ? head.toString('hex', 0, idBytes) : undefined
  }
  const keep = (): void => {
    writing = writing.then(async () => {
      await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(guests)), { mode: 0o600 })
      await rename(`${path}.new`, path)
    })
    writing.catch(() => {})
  }

  return {
    isGood: (token) => idIn(token) !== undefined,
    cameWith(request, address) {
      const token = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1]
      const id = token === undefined ? undefined : idIn(token)
      if (id === undefined) return
      for (const [key, { until }] of coming) if (until < now()) coming.delete(key)
      coming.set(`${address} ${request.socket.remotePort}`, { id, until: now() + handshakeMs })
    },
    admits(peer, address, port) {
      if (guests.has(peer)) return true
      const came = coming.get(`${address} ${port}`)
      coming.delete(`${address} ${port}`)
      if (came === undefined) return false
      const others = [...guests.values()].filter((id) => id === came.id).length
      if (others >= limits.guestsPerInvite || guests.size >= limits.guests) return false
      guests.set(peer, came.id)
      keep()
      return true
    },
    kept: () => writing,
  }
}

const loadSecret = (folder: string): Promise<Uint8Array> => keptFile(folder, 'invites.key', async () => randomBytes(32))

const macOf = (secret: Uint8Array, head: Uint8Array): Buffer => createHmac('sha256', secret).update(head).digest().subarray(0, macBytes)

const readGuests = async (path: string): Promise<Record<string, string>> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return JSON.parse(text) as Record<string, string>
}

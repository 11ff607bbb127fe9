// What catching up cannot do without, on bare platform functions, one after the other in the browser of whoever catches up: the bytes over a
// data channel, every signature checked by WebCrypto, and for each message the three rows that hold it, its place and what is shown of it.
import type { Page } from 'playwright-core'
import { connectBare } from './wire.ts'
import { round } from './figures.ts'

/** Milliseconds. */
export interface RawFigures {
  readonly channel: number
  readonly verify: number
  readonly rows: number
  readonly sum: number
}

/** Bytes of one signed message of an ordinary length, and of its three rows together as they lie on the disk. */
const eventBytes = 330
const rowBytes = [390, 180, 520] as const
/** Bytes of one message of the channel: as libp2p's and Parley's. */
const chunkBytes = 64 * 1024
/** Messages whose rows are written in one transaction. */
const perTransaction = 500

export const measureRaw = async (alice: Page, bob: Page, messages: number): Promise<RawFigures> => {
  await connectBare(alice, bob)
  const total = messages * eventBytes
  const channel = await alice.evaluate(sendBytes, { total, chunkBytes })
  const verify = await bob.evaluate(verifyMany, { messages, eventBytes })
  const rows = await bob.evaluate(writeRows, { messages, perTransaction, rowBytes })
  return { channel: round(channel), verify: round(verify), rows: round(rows), sum: round(channel + verify + rows) }
}

/** Runs in the sender's page: settles when the short message at the end has come back, so all before it has arrived. */
const sendBytes = async ({ total, chunkBytes }: { readonly total: number; readonly chunkBytes: number }): Promise<number> => {
  const channel = window.bare?.channel
  if (channel === undefined) throw new Error('there is no channel')
  channel.bufferedAmountLowThreshold = 8 * chunkBytes
  const from = performance.now()
  const back = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }))
  for (let sent = 0; sent < total; sent += chunkBytes) {
    channel.send(new Uint8Array(Math.max(2_000, Math.min(chunkBytes, total - sent))))
    if (channel.bufferedAmount > 16 * chunkBytes)
      await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }))
  }
  channel.send(new Uint8Array(1))
  await back
  return performance.now() - from
}

/** Runs in the page: as many at once as a frame of sync holds. */
const verifyMany = async ({ messages, eventBytes }: { readonly messages: number; readonly eventBytes: number }): Promise<number> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  const message = crypto.getRandomValues(new Uint8Array(eventBytes))
  const signature = await crypto.subtle.sign('Ed25519', privateKey, message)
  const from = performance.now()
  for (let done = 0; done < messages; done += 500) {
    const batch = Array.from({ length: Math.min(500, messages - done) }, () =>
      crypto.subtle.verify('Ed25519', publicKey, signature, message),
    )
    if ((await Promise.all(batch)).includes(false)) throw new Error('a good signature was refused')
  }
  return performance.now() - from
}

/** Runs in the page. */
const writeRows = async (given: {
  readonly messages: number
  readonly perTransaction: number
  readonly rowBytes: readonly number[]
}): Promise<number> => {
  const name = 'bare rows'
  const tables = given.rowBytes.map((_, table) => String(table))
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.addEventListener('upgradeneeded', () => tables.forEach((table) => request.result.createObjectStore(table, { keyPath: 'k' })))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
  })
  const rows = given.rowBytes.map((bytes) => crypto.getRandomValues(new Uint8Array(bytes)))
  const from = performance.now()
  for (let done = 0; done < given.messages; done += given.perTransaction) {
    const transaction = database.transaction(tables, 'readwrite', { durability: 'strict' })
    for (let index = done; index < Math.min(given.messages, done + given.perTransaction); index += 1)
      for (const [table, v] of rows.entries()) transaction.objectStore(String(table)).put({ k: ['conversation', index], v })
    await new Promise((resolve) => transaction.addEventListener('complete', resolve))
  }
  const took = performance.now() - from
  database.close()
  indexedDB.deleteDatabase(name)
  return took
}

// What hostile guests do to a node, each kind by itself, so that what one of them costs can be seen alone. Each goes on for as long as it is told.
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { rendezvousProtocol } from '../../src/core/wire/protocol-ids.ts'
import { createNodeClient, type NodeClient } from '../fixtures/node-client.ts'
import { inTurns, succeeds } from './turns.ts'

/** `address` is the node's multiaddr; the node believes this machine about where a guest comes from. */
export type Attack =
  /** WebSockets that never say a word, each on a socket of its own: in the name of `from` through a proxy, or straight from `localAddress`. */
  | {
      readonly kind: 'knock'
      readonly port: number
      readonly from?: string
      readonly localAddress?: string
      readonly perSecond: number
      readonly seconds: number
    }
  /** Identities in one IPv6 /56, each of which wants a connection and a slot, and when it gets none asks again. */
  | { readonly kind: 'household'; readonly address: string; readonly identities: number; readonly seconds: number }
  /** Pairs of whom one sends all that the link takes, and the other does not read. They stay. */
  | { readonly kind: 'slow-readers'; readonly address: string; readonly pairs: number; readonly seconds: number }
  /** Messages beyond any limit, before a handshake. */
  | { readonly kind: 'oversize'; readonly port: number; readonly perSecond: number; readonly seconds: number }
  /** Streams, as many as they get: whoever is put out comes again. */
  | { readonly kind: 'streams'; readonly address: string; readonly seconds: number }

export type AttackTold =
  /** `seconds` that it really took. */
  | { readonly kind: 'knock'; readonly sent: number; readonly refused: number; readonly seconds: number }
  /** Most at one time. */
  | { readonly kind: 'household'; readonly connected: number; readonly reserved: number }
  | { readonly kind: 'slow-readers'; readonly pairs: number }
  /** How many of them ended their connection. */
  | { readonly kind: 'oversize'; readonly sent: number; readonly ended: number }
  /** `held` is the most at one time. */
  | { readonly kind: 'streams'; readonly asked: number; readonly held: number; readonly connections: number }

export const attack = (task: Attack): Promise<AttackTold> => {
  switch (task.kind) {
    case 'knock':
      return knock(task)
    case 'household':
      return crowdIn(task)
    case 'slow-readers':
      return readSlowly(task)
    case 'oversize':
      return sendTooMuch(task)
    case 'streams':
      return askForStreams(task)
  }
}

/** Milliseconds for one step of an attack, and for the last answers. */
const patienceMs = 10_000

const guest = (address: string, from: string): Promise<NodeClient> => createNodeClient(address, { headers: { 'x-forwarded-for': from } })

const knock = async ({ port, from, localAddress, perSecond, seconds }: Attack & { readonly kind: 'knock' }): Promise<AttackTold> => {
  const words = [
    'GET / HTTP/1.1',
    'Host: node',
    'Upgrade: websocket',
    'Connection: upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(from === undefined ? [] : [`X-Forwarded-For: ${from}`]),
  ]
  const request = Buffer.from(`${words.join('\r\n')}\r\n\r\n`)
  const sent = perSecond * seconds
  let [refused, over] = [0, 0]
  const begun = performance.now()
  for (let index = 0; index < sent; index += 1) {
    const wait = begun + (index * 1_000) / perSecond - performance.now()
    if (wait > 1) await sleep(wait)
    const socket = connect({ port, host: '127.0.0.1', ...(localAddress !== undefined && { localAddress }) }, () => socket.write(request))
    let isIn = false
    socket.on('error', () => {})
    socket.once('data', (said) => {
      // Whoever is let in stays and says nothing.
      isIn = said.toString('latin1', 9, 12) === '101'
      if (isIn) over += 1
      else socket.destroy()
    })
    socket.once('close', () => {
      if (isIn) return
      refused += 1
      over += 1
    })
  }
  const took = (performance.now() - begun) / 1_000
  const deadline = Date.now() + patienceMs
  while (over < sent && Date.now() < deadline) await sleep(50)
  return { kind: 'knock', sent, refused, seconds: took }
}

const crowdIn = async ({ address, identities, seconds }: Attack & { readonly kind: 'household' }): Promise<AttackTold> => {
  const end = Date.now() + 1_000 * seconds
  const people = await Promise.all(
    Array.from({ length: identities }, (_, index) => guest(address, `2001:db8:0:100::${(index + 1).toString(16)}`)),
  )
  let [connected, reserved] = [0, 0]
  await inTurns(identities, identities, async (index) => {
    const one = people[index]
    let has = false
    while (one !== undefined && !has && Date.now() < end) {
      if (one.host.getConnections().length === 0 && !(await succeeds(one.connect()))) await sleep(1_000)
      else {
        connected = Math.max(connected, people.filter(({ host }) => host.getConnections().length > 0).length)
        has = await succeeds(one.reserve())
        if (has) reserved += 1
        else await sleep(1_000)
      }
    }
  })
  return { kind: 'household', connected, reserved }
}

const readSlowly = async ({ address, pairs, seconds }: Attack & { readonly kind: 'slow-readers' }): Promise<AttackTold> => {
  const end = Date.now() + 1_000 * seconds
  await inTurns(pairs, 4, async (index) => {
    const [sender, reader] = [await guest(address, `192.0.2.${2 * index + 1}`), await guest(address, `192.0.2.${2 * index + 2}`)]
    await succeeds(
      (async () => {
        await reader.reserve()
        await reader.host.handle('/slow/1', (stream) => stream.pause(), { runOnLimitedConnection: true })
        await sender.connect()
        const link = await sender.host.dial(multiaddr(`${address}/p2p-circuit/p2p/${reader.host.peerId.toString()}`))
        const stream = await link.newStream('/slow/1', { runOnLimitedConnection: true })
        for (let part = 0; part < 128; part += 1) if (!stream.send(new Uint8Array(64 * 1024))) break
      })(),
    )
  })
  await sleep(Math.max(0, end - Date.now()))
  return { kind: 'slow-readers', pairs }
}

const sendTooMuch = async ({ port, perSecond, seconds }: Attack & { readonly kind: 'oversize' }): Promise<AttackTold> => {
  const sent = perSecond * seconds
  let ended = 0
  const closing: Promise<void>[] = []
  for (let index = 0; index < sent; index += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
    const closed = new Promise<boolean>((resolve) => socket.addEventListener('close', () => resolve(true), { once: true }))
    socket.addEventListener('open', () => socket.send(new Uint8Array(2 * 1024 * 1024)))
    closing.push(
      Promise.race([closed, sleep(patienceMs, false)]).then((isClosed) => {
        if (isClosed) ended += 1
        else socket.close()
      }),
    )
    await sleep(1_000 / perSecond)
  }
  await Promise.all(closing)
  return { kind: 'oversize', sent, ended }
}

const askForStreams = async ({ address, seconds }: Attack & { readonly kind: 'streams' }): Promise<AttackTold> => {
  const end = Date.now() + 1_000 * seconds
  let [asked, held, connections] = [0, 0, 0]
  let streams: Stream[] = []
  while (Date.now() < end) {
    const one = await guest(address, '192.0.2.200')
    const connection = await one.connect().catch(() => undefined)
    if (connection !== undefined) connections += 1
    streams = []
    while (connection?.status === 'open' && Date.now() < end) {
      await inTurns(100, 16, async () => {
        const options = { maxOutboundStreams: Number.MAX_SAFE_INTEGER, signal: AbortSignal.timeout(patienceMs) }
        asked += 1
        await succeeds(connection.newStream(rendezvousProtocol, options).then((stream) => streams.push(stream)))
      })
      streams = streams.filter(({ status }) => status === 'open')
      // It hears of its end only when it listens.
      await sleep(0)
    }
    // A stream is there for its opener before the other side has refused it.
    await sleep(1_000)
    held = Math.max(held, streams.filter(({ status }) => status === 'open').length)
    await one.stop()
  }
  return { kind: 'streams', asked, held, connections }
}

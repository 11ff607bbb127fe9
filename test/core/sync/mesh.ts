// Devices that hold chains and speak about them, over pipes that lose nothing: the whole of `step`, with the messages as bytes and the
// time as a number. Events are chain ends alone here; what is in them is nobody's concern.
import { decodeLinkMessage, encodeLinkMessage, type SyncMessage } from '../../../src/core/sync/messages.ts'
import { digestOf } from '../../../src/core/sync/digest.ts'
import { startSync, step, type Held, type SyncEffect, type SyncInput, type SyncState, type SyncTimer } from '../../../src/core/sync/sync.ts'
import type { Head } from '../../../src/core/event/event.ts'
import { deviceId, eventId, toHex } from '../../../src/core/ids.ts'
import { chainKey, deviceOf, laneOf, vectorOf, type ChainKey, type Chains, type Vector } from '../../../src/core/log/chains.ts'
import { createTurns, type Turns } from '../../../src/services/turns.ts'
import { bytesFor, room } from '../cast.ts'

/** How many events of each of some chains a machine holds at first. */
export type Holdings = readonly number[]

export interface Machine {
  readonly chains: Chains
  readonly readHlc: number
}

export interface MeshOptions {
  readonly machines: readonly Holdings[]
  /** Pairs that are linked. */
  readonly links: readonly (readonly [number, number])[]
  /** Milliseconds that the n-th message takes: positive, and a pipe never reorders. */
  readonly latency?: (n: number) => number
  /** Events in one `events` frame. */
  readonly batch?: number
  /** What a machine refuses whoever sends it, as after a fork. */
  readonly refuses?: (machine: number, key: ChainKey, seq: number) => boolean
  /** Machines that ask one of the others at a time. */
  readonly asksOneAtATime?: ReadonlySet<number>
  /** A machine that answers every want with this instead. */
  readonly servesNothing?: ReadonlySet<number>
}

export interface Sent {
  readonly from: number
  readonly to: number
  readonly at: number
  readonly bytes: number
  readonly message: SyncMessage
}

export interface Mesh {
  /** Runs until nothing is on its way and no timer is set; throws when that takes more than `maxSteps`. */
  run(maxSteps?: number): void
  /** `machine` writes `count` more into one of the chains. */
  write(machine: number, chain: number, count?: number): void
  read(machine: number, hlc: number): void
  relink(): void
  readonly sent: readonly Sent[]
  readonly acknowledged: ReadonlyMap<string, Vector>
  machine(index: number): Machine
  /** When a machine last took something in, in milliseconds. */
  committedAt(index: number): number
  now(): number
}

export const keyOfChain = (index: number): ChainKey => chainKey(index % 2 === 0 ? 0 : 1, deviceId(bytesFor(`chain ${index >> 1}`)))

const headAt = (key: ChainKey, seq: number): Head => ({
  lane: laneOf(key),
  device: deviceOf(key),
  seq,
  id: eventId(bytesFor(`${key} ${seq}`)),
  hlc: seq,
})

const holding = (holdings: Holdings): Chains =>
  new Map(holdings.flatMap((seq, index) => (seq === 0 ? [] : [[keyOfChain(index), headAt(keyOfChain(index), seq)] as const])))

interface Due {
  readonly at: number
  readonly order: number
  readonly act: () => void
}

export const createMesh = (options: MeshOptions): Mesh => {
  const { latency = () => 1, batch = 5, refuses = () => false, servesNothing = new Set() } = options
  const machines: Machine[] = options.machines.map((holdings) => ({ chains: holding(holdings), readHlc: 0 }))
  const states = new Map<string, SyncState>()
  const timers = new Map<string, Due>()
  const quietAfter = new Map<string, number>()
  const acknowledged = new Map<string, Vector>()
  const committedAt = new Map<number, number>()
  const sent: Sent[] = []
  let due: Due[] = []
  let now = 0
  let order = 0

  const turnsByMachine = new Map<number, Turns>()
  for (const index of options.asksOneAtATime ?? [])
    turnsByMachine.set(index, createTurns({ clock: { now: () => now, after: () => () => undefined } }))

  const heldOf = (index: number): Held => {
    const { chains, readHlc } = machines[index]!
    return { have: vectorOf(chains), digest: digestOf(chains), readHlc }
  }

  const later = (ms: number, act: () => void): Due => {
    const item = { at: now + ms, order: order++, act }
    due.push(item)
    return item
  }

  const feed = (me: number, them: number, input: SyncInput): void => {
    const pair = `${me} ${them}`
    const before = states.get(pair) ?? startSync(heldOf(me))
    const [turns, device] = [turnsByMachine.get(me), deviceId(bytesFor(`machine ${them}`))]
    const [state, effects] = step(before, input, turns?.isAnothers(room, device))
    states.set(pair, state)
    turns?.told(room, device, before, state)
    for (const effect of effects) perform(me, them, effect)
  }

  const perform = (me: number, them: number, effect: SyncEffect): void => {
    switch (effect.kind) {
      case 'send':
        return send(me, them, effect.message)
      case 'serve':
        return send(me, them, serve(me, effect.beyond))
      case 'acknowledged':
        return void acknowledged.set(`${me} ${them}`, new Map([...(acknowledged.get(`${me} ${them}`) ?? []), ...effect.have]))
      case 'set-timer':
        return setTimer(me, them, effect.timer, effect.ms)
    }
  }

  const setTimer = (me: number, them: number, timer: SyncTimer, ms: number): void => {
    const name = `${me} ${them} ${timer}`
    due = due.filter((item) => item !== timers.get(name))
    timers.set(
      name,
      later(ms, () => feed(me, them, { kind: 'timer', timer })),
    )
  }

  const send = (me: number, them: number, message: SyncMessage): void => {
    const bytes = encodeLinkMessage({ ...message, conversation: room })
    sent.push({ from: me, to: them, at: now, bytes: bytes.length, message })
    // A pipe keeps its order: nothing arrives before what was sent before it.
    const arrives = Math.max(now + latency(sent.length), quietAfter.get(`${me} ${them}`) ?? 0)
    quietAfter.set(`${me} ${them}`, arrives)
    later(arrives - now, () => hear(them, me, bytes))
  }

  const hear = (me: number, them: number, bytes: Uint8Array): void => {
    const read = decodeLinkMessage(bytes)
    if (!read.ok) throw new Error('a machine said what another cannot read')
    const message = read.value
    if (message.kind === 'events') return apply(me, them, message)
    if (message.kind === 'digest' || message.kind === 'want' || message.kind === 'have') feed(me, them, { kind: 'message', message })
  }

  const serve = (me: number, beyond: Vector): Extract<SyncMessage, { kind: 'events' }> => {
    if (servesNothing.has(me)) return { kind: 'events', events: [], more: false }
    const lacking = [...machines[me]!.chains].flatMap(([key, head]) => {
      const from = beyond.get(key) ?? 0
      return Array.from({ length: Math.max(0, head.seq - from) }, (_, index) => `${key} ${from + 1 + index}`)
    })
    return { kind: 'events', events: lacking.slice(0, batch).map((name) => new TextEncoder().encode(name)), more: lacking.length > batch }
  }

  const apply = (me: number, them: number, { events, more }: Extract<SyncMessage, { kind: 'events' }>): void => {
    const chains = new Map(machines[me]!.chains)
    for (const bytes of events) {
      const [key, seq] = new TextDecoder().decode(bytes).split(' ') as [ChainKey, string]
      if (Number(seq) === (chains.get(key)?.seq ?? 0) + 1 && !refuses(me, key, Number(seq))) chains.set(key, headAt(key, Number(seq)))
    }
    const progressed = toHex(digestOf(chains)) !== toHex(digestOf(machines[me]!.chains))
    if (progressed) commit(me, { chains })
    feed(me, them, { kind: 'applied', more, progressed })
  }

  const commit = (me: number, change: Partial<Machine>): void => {
    machines[me] = { ...machines[me]!, ...change }
    committedAt.set(me, now)
    for (const [a, b] of options.links) {
      if (a === me) feed(a, b, { kind: 'held', held: heldOf(me) })
      if (b === me) feed(b, a, { kind: 'held', held: heldOf(me) })
    }
  }

  const relink = (): void => {
    for (const [a, b] of options.links) {
      feed(a, b, { kind: 'linked' })
      feed(b, a, { kind: 'linked' })
    }
  }
  relink()

  return {
    run: (maxSteps = 20_000) => {
      for (let count = 0; due.length > 0; count++) {
        if (count === maxSteps) throw new Error(`still busy after ${maxSteps} steps`)
        const next = due.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.order < a.order) ? b : a))
        due = due.filter((item) => item !== next)
        now = next.at
        next.act()
      }
    },
    write: (me, chain, count = 1) => {
      const key = keyOfChain(chain)
      const chains = new Map(machines[me]!.chains)
      commit(me, { chains: chains.set(key, headAt(key, (chains.get(key)?.seq ?? 0) + count)) })
    },
    read: (me, hlc) => commit(me, { readHlc: hlc }),
    relink,
    sent,
    acknowledged,
    machine: (index) => machines[index]!,
    committedAt: (index) => committedAt.get(index) ?? 0,
    now: () => now,
  }
}

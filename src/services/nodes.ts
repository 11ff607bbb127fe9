// The bootstrap nodes that this device knows beside the page's own: those that the person added, those that an invite named, and those that
// contacts say they use. The network chooses among all of them. Of contacts only a few are taken, so that nobody can drown the others.
import { findNodeAddress } from '../core/nodes/multiaddr.ts'
import { nodeIdOf } from '../core/nodes/rendezvous-hashing.ts'
import type { NodesMessage } from '../core/nodes/messages.ts'
import type { DeviceId, IdentityId } from '../core/ids.ts'
import { err, failure, ok, type Result } from '../core/result.ts'
import { encodeLinkMessage } from '../core/sync/messages.ts'
import type { CommandProblem, NodeProblem } from '../ports/commands.ts'
import type { NodeStatus, NodeTrial } from '../ports/network.ts'
import type { NodeRecord } from '../ports/tables.ts'
import { orDrop } from './background.ts'
import { contactWith } from './contact-with.ts'
import type { Links } from './links.ts'
import type { Session } from './session.ts'

/** Nodes kept of what one contact told, and of what all told. */
const maxToldBy = 2
const maxToldInAll = 8
/** Nodes that the person may add: each is a connection now and then. */
const maxAdded = 16

export interface Nodes {
  load(): Promise<void>
  add(text: string): Promise<Result<{ readonly address: string }, NodeProblem | CommandProblem>>
  remove(address: string): Promise<Result<void, CommandProblem>>
  /** An invite that is about to be used may name a node. */
  invited(address: string | undefined): Promise<void>
  /** The node to be named in an invite: one where this device can be found, if it cannot be at any of the page's own. */
  forInvite(): string | undefined
  /** As the network sees them now. */
  status(nodes: readonly NodeStatus[]): void
  trial(trial: NodeTrial): void
  linked(device: DeviceId): void
  hear(device: DeviceId, message: NodesMessage): void
  /** Whether others are believed has changed. */
  review(): void
}

/**
 * Nodes that others named are asked only while `believes` says so of whoever named them, if that is known: who runs one learns this device's
 * address.
 */
export const createNodes = (session: Session, links: Links, believes: (from: IdentityId | undefined) => boolean): Nodes => {
  const { network, store, clock } = session
  const records = new Map<string, NodeRecord>()
  let slots: readonly string[] = []
  /** All that the network knows, the page's own among them. */
  let all: readonly string[] = []

  const isUsed = ({ origin, from }: NodeRecord): boolean => origin === 'added' || (origin !== 'refused' && believes(from))

  const tellNetwork = (): void => {
    const used = [...records].filter(([, record]) => isUsed(record))
    const named = (isTold: boolean) => used.filter(([, { origin }]) => (origin === 'told') === isTold).map(([address]) => address)
    network.useNodes([...session.config.nodes, ...named(false)], named(true))
  }

  const put = async (address: string, record: NodeRecord, dropped: readonly string[] = []): Promise<void> => {
    await store.commit([
      { kind: 'put', table: 'nodes', key: [address], value: record },
      ...dropped.map((key) => ({ kind: 'delete', table: 'nodes', key: [key] }) as const),
    ])
    for (const former of dropped) records.delete(former)
    records.set(address, record)
    tellNetwork()
  }

  const tell = (device: DeviceId): void => {
    if (slots.length > 0 && contactWith(session, device) !== undefined) {
      links.send(device, encodeLinkMessage({ kind: 'nodes', addresses: slots }))
    }
  }

  const take = async (from: IdentityId, addresses: readonly string[]): Promise<void> => {
    for (const address of addresses.slice(0, maxToldBy)) {
      if ([...records.keys(), ...all].some((other) => nodeIdOf(other) === nodeIdOf(address))) continue
      const told = [...records].filter(([, record]) => record.origin === 'told').toSorted(([, a], [, b]) => a.at - b.at)
      const theirs = told.filter(([, record]) => record.from === from)
      const inTheWay = theirs.length >= maxToldBy ? theirs : told.length >= maxToldInAll ? told : []
      await put(
        address,
        { origin: 'told', from, at: clock.now() },
        inTheWay.slice(0, 1).map(([old]) => old),
      )
    }
  }

  return {
    load: async () => {
      for (const { key, value } of await store.read((reader) => reader.list('nodes', []))) records.set(key[0], value)
    },
    add: async (text) => {
      const address = findNodeAddress(text)
      if (address === undefined) return err(noAddress)
      if ([...records.values()].filter(({ origin }) => origin === 'added').length >= maxAdded) return err(tooMany)
      await put(address, { origin: 'added', at: clock.now() })
      network.tryNode(address)
      return ok({ address })
    },
    remove: async (address) => {
      // What others named they would name again.
      const isOthers = (records.get(address)?.origin ?? 'added') !== 'added'
      const refused: NodeRecord = { origin: 'refused', at: clock.now() }
      await store.commit([
        isOthers ? { kind: 'put', table: 'nodes', key: [address], value: refused } : { kind: 'delete', table: 'nodes', key: [address] },
        { kind: 'delete', table: 'live', key: ['trial'] },
      ])
      if (isOthers) records.set(address, refused)
      else records.delete(address)
      tellNetwork()
      return ok(undefined)
    },
    invited: async (address) => {
      if (address !== undefined && !records.has(address)) await put(address, { origin: 'invite', at: clock.now() })
    },
    forInvite: () => (slots.every((address) => records.has(address)) ? slots[0] : undefined),
    status: (nodes) => {
      all = nodes.map(({ address }) => address)
      const held = nodes.filter(({ state }) => state === 'reserved').map(({ address }) => address)
      if (held.join() === slots.join()) return
      slots = held
      for (const device of links.devices()) tell(device)
    },
    trial: (trial) => orDrop(store.commit([{ kind: 'put', table: 'live', key: ['trial'], value: { kind: 'trial', trial } }], 'relaxed')),
    linked: tell,
    hear: (device, { addresses }) => {
      const from = contactWith(session, device)
      if (from !== undefined) orDrop(take(from, addresses))
    },
    review: tellNetwork,
  }
}

const noAddress = failure('no-node', 'That is no address of a meeting point. It looks like /dns/example.org/tcp/443/tls/ws/p2p/12D3…')
const tooMany = failure('too-many-nodes', 'There are as many meeting points as this device can keep. Remove one first.')

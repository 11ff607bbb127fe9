// The pill, and what stands behind it.
import type { IdentityId } from '../../core/ids.ts'
import type { DeviceTrouble, NodeStatus } from '../../ports/network.ts'
import type { ConnectionView, LinkView, NodeView, TroubleView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, NodeRecord } from '../../ports/tables.ts'
import { readWaiting } from './conversations.ts'
import { keptBytes } from './kept.ts'
import { networkNow, ownerOf, type NetworkRecord } from './people.ts'

/** A text that goes out within so many milliseconds was meant to go out now: it can still be taken back. */
const soonMs = 30_000

/** `now` in milliseconds since 1970. */
export const readConnection = async (reader: StoreReader, now: number): Promise<ConnectionView> => {
  const [network, kept, records, nodes, trial, hidden, later] = await Promise.all([
    networkNow(reader),
    keptBytes(reader),
    reader.list('conversations', []),
    reader.list('nodes', []),
    reader.get('live', ['trial']),
    reader.get('hidden', ['everybody']),
    reader.list('later', []),
  ])
  const nodeByAddress = new Map(nodes.map(({ key, value }) => [key[0], value]))
  const personOf = (device: string) => {
    const owner = ownerOf(
      records.flatMap(({ value }) => value.people),
      device,
    )
    return owner && { identity: owner.identity, name: kept?.notes.get(owner.identity)?.nickname ?? owner.name }
  }
  const waiting = kept === undefined ? [] : await Promise.all(records.map(({ key, value }) => readWaiting(reader, kept, key[0], value)))
  return {
    state: stateOf(network),
    waiting: waiting.reduce((sum, count) => sum + count, 0),
    soon: later.filter(({ value: { when } }) => when.kind === 'at' && when.at < now + soonMs).length,
    nodes: network.nodes.map((node) =>
      nodeView(
        node,
        nodeByAddress.get(node.address),
        records.map(({ value }) => value),
      ),
    ),
    ...(trial?.kind === 'trial' && nodeByAddress.has(trial.trial.address) ? { trial: trial.trial } : {}),
    hidden: hidden?.hidden === true,
    troubles: troublesOf(network.troubles ?? [], (device) => personOf(device)?.identity),
    links: network.links.map(({ through, ...link }) => {
      const person = personOf(link.device)
      return {
        ...link,
        ...(person === undefined ? {} : { person: person.name, identity: person.identity }),
        ...(through === undefined ? {} : { through: throughOf(through, (device) => personOf(device)?.name) }),
      }
    }),
  }
}

/** The newest of all devices of a person. */
const troublesOf = (troubles: readonly DeviceTrouble[], ownerOf: (device: string) => IdentityId | undefined): readonly TroubleView[] => {
  const last = new Map<IdentityId, TroubleView>()
  for (const { device, trouble, at } of troubles.toSorted((a, b) => a.at - b.at)) {
    const identity = ownerOf(device)
    if (identity !== undefined) last.set(identity, { identity, trouble, at })
  }
  return [...last.values()]
}

const throughOf = (through: string, nameOf: (device: string) => string | undefined): NonNullable<LinkView['through']> => {
  if (through.startsWith('/')) return { kind: 'node', address: through }
  const name = nameOf(through)
  return { kind: 'person', ...(name === undefined ? {} : { name }) }
}

const nodeView = (node: NodeStatus, record: NodeRecord | undefined, conversations: readonly ConversationRecord[]): NodeView => {
  const from = conversations.flatMap(({ names }) => names).find(({ identity }) => identity === record?.from)?.name
  // One that was removed comes from the page all the same, if it is still there.
  const origin = record === undefined || record.origin === 'refused' ? 'page' : record.origin
  return { ...node, origin, ...(from === undefined ? {} : { from }) }
}

const stateOf = ({ started, nodes, links }: NetworkRecord): ConnectionView['state'] => {
  if (links.some((link) => link.path === 'direct')) return 'direct'
  if (links.length > 0) return 'relayed'
  if (nodes.some((node) => node.state === 'reserved')) return 'ready'
  return started && nodes.every((node) => node.state === 'unreachable' || node.state === 'idle') ? 'offline' : 'connecting'
}

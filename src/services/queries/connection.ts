// The pill, and what stands behind it.
import type { ConnectionView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { readWaiting } from './conversations.ts'
import { readKept } from './kept.ts'
import { networkNow, type NetworkRecord } from './people.ts'

export const readConnection = async (reader: StoreReader): Promise<ConnectionView> => {
  const [network, kept, records] = await Promise.all([networkNow(reader), readKept(reader), reader.list('conversations', [])])
  const nameOf = (device: string) =>
    records.flatMap(({ value }) => value.people).find((person) => person.devices.some((known) => known === device))?.name
  const waiting = kept === undefined ? [] : await Promise.all(records.map(({ key, value }) => readWaiting(reader, kept, key[0], value)))
  return {
    state: stateOf(network),
    waiting: waiting.reduce((sum, count) => sum + count, 0),
    nodes: network.nodes,
    links: network.links.map(({ device, path, since }) => {
      const person = nameOf(device)
      return { device, path, since, ...(person === undefined ? {} : { person }) }
    }),
  }
}

const stateOf = ({ started, nodes, links }: NetworkRecord): ConnectionView['state'] => {
  if (links.some((link) => link.path === 'direct')) return 'direct'
  if (links.length > 0) return 'relayed'
  if (nodes.some((node) => node.state === 'reserved')) return 'ready'
  return started && nodes.every((node) => node.state === 'unreachable') ? 'offline' : 'connecting'
}

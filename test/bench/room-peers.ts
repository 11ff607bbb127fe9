// A process of people without pages (see room-peer.ts), told what to do by messages.
import { doErrands } from './errands.ts'
import { createPeer, type Peer } from './room-peer.ts'

export type RoomTask =
  | { readonly kind: 'join'; readonly name: string; readonly node: string; readonly stunUrl: string; readonly link: string }
  /** From now on bytes, links and time are counted. */
  | { readonly kind: 'count' }
  /** One of them speaks, by the order in which they joined. */
  | { readonly kind: 'say'; readonly by: number; readonly mark: string }
  | { readonly kind: 'tell' }

export type RoomTold =
  /** Milliseconds from the link to being let in. */
  | { readonly kind: 'join'; readonly took: number }
  | { readonly kind: 'count' }
  /** When it was said, milliseconds since 1970. */
  | { readonly kind: 'say'; readonly at: number }
  | {
      readonly kind: 'tell'
      /** One for each of them. */
      readonly seen: readonly Readonly<Record<string, number>>[]
      readonly most: readonly number[]
      readonly bytes: number
      /** Of the whole process since it was told to count. */
      readonly cpuMs: number
    }

/** Node has no window to be told by, and these people never leave. */
Object.assign(globalThis, { addEventListener: () => undefined })

const peers: Peer[] = []
let cpu = process.cpuUsage()

const does = async (task: RoomTask): Promise<RoomTold> => {
  switch (task.kind) {
    case 'join': {
      const peer = await createPeer(task.name, task.node, task.stunUrl)
      peers.push(peer)
      return { kind: 'join', took: await peer.join(task.link) }
    }
    case 'count':
      cpu = process.cpuUsage()
      for (const peer of peers) peer.forget()
      return { kind: 'count' }
    case 'say': {
      const at = Date.now()
      await peers[task.by]?.say(`as people write in a room ${task.mark}`)
      return { kind: 'say', at }
    }
    case 'tell': {
      const { user, system } = process.cpuUsage(cpu)
      const counts = peers.map((peer) => peer.count())
      return {
        kind: 'tell',
        seen: peers.map(({ seen }) => seen),
        most: counts.map(({ most }) => most),
        bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
        cpuMs: (user + system) / 1_000,
      }
    }
  }
}

doErrands(does)

// A process of people without pages (see room-peer.ts), told what to do by messages.
import { doErrands } from './errands.ts'
import { createPeer, type Peer } from './room-peer.ts'

export type RoomTask =
  | { readonly kind: 'join'; readonly names: readonly string[]; readonly node: string; readonly stunUrl: string; readonly link: string }
  /** They speak in turn, so many in all, one every `paceMs`. */
  | { readonly kind: 'say'; readonly count: number; readonly paceMs: number }
  | { readonly kind: 'tell' }

export type RoomTold =
  | { readonly kind: 'join'; readonly times: readonly number[] }
  /** When each mark was said, milliseconds since 1970. */
  | { readonly kind: 'say'; readonly said: Readonly<Record<string, number>> }
  | {
      readonly kind: 'tell'
      /** One for each of them. */
      readonly seen: readonly Readonly<Record<string, number>>[]
      readonly most: readonly number[]
      readonly bytes: number
      /** Of the whole process since it was told to say. */
      readonly cpuMs: number
    }

/** Node has no window to be told by, and these people never leave. */
Object.assign(globalThis, { addEventListener: () => undefined })

const peers: Peer[] = []
let cpu = process.cpuUsage()

const does = async (task: RoomTask): Promise<RoomTold> => {
  switch (task.kind) {
    case 'join': {
      const times: number[] = []
      for (const name of task.names) {
        const peer = await createPeer(name, task.node, task.stunUrl)
        times.push(await peer.join(task.link))
        peers.push(peer)
      }
      return { kind: 'join', times }
    }
    case 'say': {
      cpu = process.cpuUsage()
      for (const peer of peers) peer.forget()
      const said: Record<string, number> = {}
      for (let index = 0; index < task.count; index += 1) {
        const due = Date.now() + task.paceMs
        said[`[s${index}]`] = Date.now()
        await peers[index % peers.length]?.say(`as people write in a room [s${index}]`)
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())))
      }
      return { kind: 'say', said }
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

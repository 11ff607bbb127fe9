// A network in memory for tests, the simulator and the demo page: every promise of the `Network` port, and every bad day of a real one,
// on a clock and dice that are given. Devices reach each other through bootstrap nodes (any address that they name); links are then
// direct or relayed; cuts, crashes and node failures happen when the owner of the hub says so.
import type { DeviceId, Tag } from '../../core/ids.ts'
import { deviceId } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Network } from '../../ports/network.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { createConnection } from './connection.ts'
import type { Connection, End } from './end.ts'
import { drawn, happens, noFaults, type Dice, type Faults } from './faults.ts'
import { createGossip } from './gossip.ts'
import { createMemoryNetwork } from './memory-network.ts'
import { createNodes } from './nodes.ts'

/** A device, or a node by its address. */
export type Place = DeviceId | string

/** Whether anything gets from one place to another. Asked for each direction, so that a cut can be one-way. */
export type Passes = (from: Place, to: Place) => boolean

/** What goes out on the wire, as somebody who listens in at the sender's window sees it. */
export type WireTap =
  | { readonly kind: 'frame'; readonly from: DeviceId; readonly to: DeviceId; readonly bytes: Uint8Array }
  | { readonly kind: 'gossip'; readonly from: DeviceId; readonly topic: Tag; readonly bytes: Uint8Array }

export interface MemoryHubOptions {
  readonly clock: Clock
  readonly dice: Dice
  readonly faults?: Partial<Faults>
  /** The device of a seed; real Ed25519 unless given. */
  readonly deviceOf?: (seed: Uint8Array) => DeviceId | Promise<DeviceId>
  readonly tap?: (seen: WireTap) => void
}

export interface MemoryHub {
  /** A device's network, to be started with its seed. `clock` is the device's own when it differs from the hub's. */
  network(clock?: Clock): Network
  /** New faults from now on: for all, or for each pair. */
  setFaults(faults: Partial<Faults> | ((from: DeviceId, to: DeviceId) => Partial<Faults>)): void
  /** Cuts the network; `undefined` heals it. Links that cross a cut break. */
  cut(passes: Passes | undefined): void
  /** Starts or stops a bootstrap node; unknown addresses are up. Relayed links through it break, direct ones live. */
  setNode(address: string, isUp: boolean): void
  /** Whether a node has slots to give; those that it gave stay. */
  setFull(address: string, isFull: boolean): void
  /** As a killed tab: nothing goes in or out any more, and the others notice late, or at once when the tab said bye. */
  crash(device: DeviceId, noticed: 'late' | 'at once'): void
  /** Devices on the hub now. */
  devices(): readonly DeviceId[]
  /** Whether these two are linked, as seen by the first. */
  isLinked(from: DeviceId, to: DeviceId): boolean
}

/** Milliseconds until a link that was closed but is still wanted is dialled again. */
const restMs = 2_000

export const createMemoryHub = (options: MemoryHubOptions): MemoryHub => {
  const { clock, dice, tap } = options
  const deviceOf = options.deviceOf ?? ((seed: Uint8Array) => deviceId(ed25519.getPublicKey(seed)))
  const endByDevice = new Map<DeviceId, End>()
  /** Every connection that may still carry something. */
  const standing = new Set<Connection>()
  /** The newest connection, or the dial that will make it, for each pair: two wishes for one link make one link. */
  const newestByPair = new Map<string, Connection | 'dialling'>()
  let faultsOf = (_from: DeviceId, _to: DeviceId): Faults => ({ ...noFaults, ...options.faults })
  let passes: Passes = () => true

  const isCurrent = (end: End): boolean => end.alive && endByDevice.get(end.device) === end
  const passesBoth = (a: Place, b: Place): boolean => passes(a, b) && passes(b, a)
  const latency = (from: End, to: End): number => drawn(dice, faultsOf(from.device, to.device).latencyMs)
  const notice = (connection: Connection) => (end: End) => drawn(dice, faultsOf(end.device, connection.other(end).device).noticeMs)
  const breakOff = (connection: Connection): void => {
    standing.delete(connection)
    connection.die(notice(connection))
  }
  const partFrom = (connection: Connection, by: End): void => {
    standing.delete(connection)
    connection.bye(by, latency(by, connection.other(by)))
  }

  const spread = createGossip({ clock, dice, faultsBetween: (from, to) => faultsOf(from, to) })
  const nodes = createNodes({
    clock,
    dice,
    passesBoth,
    ends: () => endByDevice.values(),
    changed: (end) => reconsider(end),
    statusChanged: (end) => emitStatus(end),
  })

  /** `former` is the link that this one is to replace. */
  const connect = (a: End, b: End, through: string | undefined, former?: Connection): void => {
    const path = through === undefined ? 'direct' : 'relayed'
    const connection = createConnection(clock, [a, b], path, through, {
      up: (end, up) => {
        // Whoever has moved on no longer listens on the former link, so what the other end still sends there is lost.
        if (former !== undefined) breakOff(former)
        end.emit({ kind: 'link-up', device: up.other(end).device, link: up.linkOf(end).link, path })
        emitStatus(end)
        // Whoever is linked with this one may have others to meet through it.
        if (path === 'direct')
          for (const { ends } of end.connectionByDevice.values()) for (const one of ends) if (one !== end) reconsider(one)
      },
      frame: (end, from, link, bytes) => end.emit({ kind: 'frame', device: from.device, link, bytes }),
      down: (end, down, isLost) => {
        const { device } = down.other(end)
        if (isLost) end.troubleByDevice.set(device, { device, trouble: 'lost', at: end.now() })
        end.emit({ kind: 'link-down', device, link: down.linkOf(end).link })
        emitStatus(end)
        reconsider(end)
      },
      missed: (end) => reconsider(end),
    })
    standing.add(connection)
    newestByPair.set(pairOf(a.device, b.device), connection)
    connection.open((end) => latency(connection.other(end), end))
    if (path === 'relayed') upgradeLater(connection, a, b)
  }

  const upgradeLater = (connection: Connection, a: End, b: End): void => {
    clock.after(drawn(dice, faultsOf(a.device, b.device).upgradeMs), () => {
      const isStill = [a, b].every((end) => isCurrent(end) && end.connectionByDevice.get(connection.other(end).device) === connection)
      const newest = newestByPair.get(pairOf(a.device, b.device))
      // A better link may be on its way already: of two, each end could settle on another, and neither would ever hear the other again.
      const isUnderWay = newest !== undefined && newest !== 'dialling' && newest !== connection && newest.isAlive()
      if (isStill && !isUnderWay && connection.isAlive() && isDirectPossible(a.device, b.device)) connect(a, b, undefined, connection)
    })
  }

  /** A node, or somebody who is directly linked with both and wants both, that passes calls of the first on to the second. */
  const relayBetween = (a: End, b: End): string | undefined => nodes.common(a, b) ?? memberBetween(a, b)?.device
  const memberBetween = (a: End, b: End): End | undefined =>
    [...a.connectionByDevice.values()]
      .filter((connection) => connection.path === 'direct' && connection.isAlive())
      .map((connection) => connection.other(a))
      .find((member) => isCurrent(member) && member.wanted.has(a.device) && member.wanted.has(b.device) && hasDirect(member, b))
  const hasDirect = (from: End, to: End): boolean => {
    const connection = from.connectionByDevice.get(to.device)
    return connection?.path === 'direct' && connection.isAlive()
  }

  const allows = (from: DeviceId, to: DeviceId): boolean => endByDevice.get(from)?.direct.has(to) ?? false
  const isPathOpen = (a: DeviceId, b: DeviceId): boolean => faultsOf(a, b).direct && passesBoth(a, b)
  const isDirectPossible = (a: DeviceId, b: DeviceId): boolean => allows(a, b) && allows(b, a) && isPathOpen(a, b)

  /** Dials whomever this end wants, and lets those who want it dial. */
  const reconsider = ({ device }: End): void => {
    const end = endByDevice.get(device)
    if (end === undefined) return
    for (const device of end.wanted) dialSoon(end, device)
    for (const other of endByDevice.values()) if (other.wanted.has(end.device)) dialSoon(other, end.device)
  }

  const dialSoon = (from: End, to: DeviceId): void => {
    const pair = pairOf(from.device, to)
    if (!canDial(from, to)) return
    newestByPair.set(pair, 'dialling')
    clock.after(drawn(dice, faultsOf(from.device, to).dialMs), () => {
      newestByPair.delete(pair)
      const other = endByDevice.get(to)
      // Another incarnation may have come meanwhile on either side, and was told to wait for this dial.
      if (other === undefined || !canDial(from, to)) return reconsider(from)
      const relay = relayBetween(from, other)
      const isRelayed = happens(dice, faultsOf(from.device, to).relayedFirst) || !isDirectPossible(from.device, to)
      connect(from, other, isRelayed ? relay : undefined)
    })
  }

  const canDial = (from: End, to: DeviceId): boolean => {
    const [other, newest] = [endByDevice.get(to), newestByPair.get(pairOf(from.device, to))]
    if (other === undefined || other === from || !isCurrent(from) || !from.wanted.has(to) || from.connectionByDevice.has(to)) return false
    return newest !== 'dialling' && !(newest?.isAlive() ?? false) && relayBetween(from, other) !== undefined
  }

  const emitStatus = (end: End): void =>
    end.emit({
      kind: 'status',
      nodes: nodes.statusOf(end),
      links: [...end.connectionByDevice].map(([device, connection]) => ({
        device,
        path: connection.path,
        since: connection.linkOf(end).since,
        ...(connection.through === undefined ? {} : { through: connection.through }),
      })),
      troubles: [...end.troubleByDevice.values()].filter(({ device }) => end.wanted.has(device)),
    })

  /** Breaks links across a cut, and relayed links whose node is gone. */
  const breakWhatCannotStand = (): void => {
    for (const connection of standing) {
      const [a, b] = [connection.ends[0].device, connection.ends[1].device]
      const stands =
        connection.through === undefined
          ? passesBoth(a, b)
          : nodes.isReachable(a, connection.through) && nodes.isReachable(b, connection.through)
      if (!stands) breakOff(connection)
    }
  }

  const remove = (end: End, leave: (connection: Connection, by: End) => void): void => {
    if (!end.alive) return
    end.alive = false
    end.connectionByDevice.clear()
    if (endByDevice.get(end.device) === end) endByDevice.delete(end.device)
    for (const connection of standing) {
      if (connection.joins(end)) leave(connection, end)
      else if (connection.through === end.device) breakOff(connection)
    }
  }

  return {
    network: (own = clock) =>
      createMemoryNetwork({
        clock: own,
        deviceOf,
        join: (end) => {
          const former = endByDevice.get(end.device)
          if (former !== undefined) remove(former, breakOff)
          endByDevice.set(end.device, end)
          nodes.join(end)
        },
        leave: (end) => remove(end, partFrom),
        linkByHand: (end, device) => {
          const other = endByDevice.get(device)
          if (other === undefined || !isPathOpen(end.device, device) || end.connectionByDevice.has(device)) return
          connect(end, other, undefined)
          for (const [one, another] of [
            [end, other],
            [other, end],
          ] as const)
            clock.after(drawn(dice, faultsOf(end.device, device).dialMs), () => {
              if (one.alive) for (const tag of one.sought) one.emit({ kind: 'found', tag, device: another.device })
            })
        },
        tryNode: (end, address) => nodes.tryOut(end, address),
        nodesChanged: (end) => {
          nodes.reviewOne(end)
          clock.after(0, () => emitStatus(end))
        },
        wishesChanged: (end) => {
          reconsider(end)
          nodes.lookUp(end)
        },
        directChanged: (end) => {
          for (const [device, connection] of end.connectionByDevice) {
            if (connection.path === 'relayed' && isDirectPossible(end.device, device)) upgradeLater(connection, ...connection.ends)
          }
        },
        announced: (end) => nodes.register(end),
        statusChanged: emitStatus,
        send: async (end, device, bytes) => {
          const connection = end.connectionByDevice.get(device)
          if (connection === undefined) return false
          tap?.({ kind: 'frame', from: end.device, to: device, bytes })
          const delay = latency(end, connection.other(end))
          if (happens(dice, faultsOf(end.device, device).linkDeath)) breakOff(connection)
          await connection.send(end, bytes, delay)
          return end.alive
        },
        close: (end, device, next) => {
          const connection = end.connectionByDevice.get(device)
          if (connection === undefined) return
          end.connectionByDevice.delete(device)
          partFrom(connection, end)
          clock.after(0, () => {
            if (!end.alive) return
            end.emit({ kind: 'link-down', device, link: connection.linkOf(end).link })
            emitStatus(end)
          })
          clock.after(next === 'rest' ? restMs : 0, () => reconsider(end))
        },
        publish: (end, topic, bytes) => {
          tap?.({ kind: 'gossip', from: end.device, topic, bytes })
          return spread(end, topic, bytes)
        },
      }),
    setFaults: (faults) => {
      faultsOf = (from, to) => ({ ...noFaults, ...(typeof faults === 'function' ? faults(from, to) : faults) })
    },
    cut: (next) => {
      passes = next ?? (() => true)
      breakWhatCannotStand()
      nodes.review()
      for (const end of endByDevice.values()) reconsider(end)
      for (const connection of standing) if (connection.path === 'relayed') upgradeLater(connection, ...connection.ends)
    },
    setNode: (address, isUp) => {
      nodes.set(address, isUp)
      breakWhatCannotStand()
      nodes.review()
    },
    setFull: (address, isFull) => {
      nodes.setFull(address, isFull)
      nodes.review()
    },
    crash: (device, noticed) => {
      const end = endByDevice.get(device)
      if (end !== undefined) remove(end, noticed === 'late' ? breakOff : partFrom)
    },
    devices: () => [...endByDevice.keys()],
    isLinked: (from, to) => endByDevice.get(from)?.connectionByDevice.get(to)?.isAlive() ?? false,
  }
}

const pairOf = (a: DeviceId, b: DeviceId): string => (a < b ? a + b : b + a)

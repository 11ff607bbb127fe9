// The nodes that this device knows, and which of them it uses for what. Slots are held at the first two good ones in the order of the own
// device id; whoever wants to reach this device computes the same order (core/nodes/rendezvous-hashing), as does this device for the
// names that it needs. A node that fails is passed over until it is good again; what is needed of nobody rests.
import type { Connection } from '@libp2p/interface'
import type { DeviceId } from '../../core/ids.ts'
import { byWeight, nodeIdOf, nodesAtOnce } from '../../core/nodes/rendezvous-hashing.ts'
import type { NodeStatus } from '../../ports/network.ts'
import type { HostParts } from './host.ts'
import { judgeNodeAddress } from './node-addresses.ts'
import type { AllowedNodes } from './node-addresses.ts'
import { superviseNode } from './node-supervisor.ts'
import type { SupervisedNode } from './node-supervisor.ts'

/** Slots held at most, when nodes are slow one after the other. */
const maxSlots = 4
/** Milliseconds that a node which is not needed any more stays connected, for what may still run through it. */
const restAfterMs = 60_000

/** A device or a tag, and how many of its nodes are to be at hand. */
export type Needs = ReadonlyMap<string, number>
/** What of the network needs nodes. */
type Part = 'devices' | 'tags'

export interface NodePool {
  /** Replaces the known nodes. Those of hearsay come last for a tag. */
  set(addresses: readonly string[], hearsay?: readonly string[]): void
  /** Known nodes that can be used, in the one spelling. */
  known(): readonly string[]
  status(): readonly NodeStatus[]
  /** Replaces what one part of the network needs nodes for. */
  need(part: Part, needs: Needs): void
  /** Connected nodes in the order of a device or tag, at most `width` of its best. */
  connectedFor(part: Part, key: string, width: number): readonly SupervisedNode[]
  /** Nodes where this device holds a slot. */
  slots(): readonly SupervisedNode[]
  kick(): void
  stop(): void
}

export interface NodePoolEvents {
  changed(): void
  connected(node: SupervisedNode, connection: Connection): void
  /** A slot stands. `again` after the first time at this node. */
  ready(node: SupervisedNode, again: boolean): void
}

export const createNodePool = (self: DeviceId, parts: HostParts, allowed: AllowedNodes, events: NodePoolEvents): NodePool => {
  const nodes = new Map<string, SupervisedNode>()
  const needs = new Map<Part, Needs>()
  const leaving = new Map<string, ReturnType<typeof setTimeout>>()
  let order: readonly string[] = []
  let told: ReadonlySet<string> = new Set()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  const usable = (): readonly string[] => order.filter((address) => nodes.get(address)?.isUsable === true)
  /** A node that is known by several addresses stands there with all of them, one after the other. */
  const inOrderOf = (key: string): readonly SupervisedNode[] => {
    const addresses = usable()
    return byWeight(key, addresses)
      .flatMap((first) => addresses.filter((address) => nodeIdOf(address) === nodeIdOf(first)))
      .flatMap((address) => nodes.get(address) ?? [])
  }
  const inOrderFor = (part: Part, key: string): readonly SupervisedNode[] => {
    const found = inOrderOf(key)
    return part === 'devices' ? found : found.toSorted((a, b) => Number(told.has(a.address)) - Number(told.has(b.address)))
  }
  /** The first `width` in an order that do, and all before them that do not, which are tried as well; of one node one address is enough. */
  const firstOf = (
    ordered: readonly SupervisedNode[],
    width: number,
    does: (node: SupervisedNode) => boolean,
  ): readonly SupervisedNode[] => {
    const chosen: SupervisedNode[] = []
    const done = new Set<string>()
    for (const node of ordered) {
      if (done.size >= width) break
      if (done.has(nodeIdOf(node.address))) continue
      chosen.push(node)
      if (does(node)) done.add(nodeIdOf(node.address))
    }
    return chosen
  }

  /** As many as are needed; when nodes are slow one after the other, not without end. */
  const chooseSlots = (): ReadonlySet<SupervisedNode> => {
    const chosen = new Set<SupervisedNode>()
    for (const node of firstOf(inOrderOf(self), nodesAtOnce, (one) => one.isGood())) {
      if ([...chosen].filter((other) => other.hasSlot()).length >= maxSlots) break
      chosen.add(node)
    }
    return chosen
  }

  const review = (): void => {
    timer = undefined
    if (stopped) return
    const slots = chooseSlots()
    const needed = new Set(
      [...needs].flatMap(([part, all]) =>
        [...all].flatMap(([key, width]) => firstOf(inOrderFor(part, key), width, (node) => node.isSound())),
      ),
    )
    for (const [address, node] of nodes) {
      const use = slots.has(node) ? 'slot' : needed.has(node) ? 'talk' : 'rest'
      if (use !== 'rest') {
        clearTimeout(leaving.get(address))
        leaving.delete(address)
        node.use(use)
      } else if (node.connection() === undefined) node.use('rest')
      else if (!leaving.has(address)) {
        node.use('talk')
        leaving.set(
          address,
          setTimeout(() => leave(address, node), restAfterMs),
        )
      }
    }
    events.changed()
  }
  const leave = (address: string, node: SupervisedNode): void => {
    leaving.delete(address)
    const carriesLinks = parts.host.getConnections().some(({ remoteAddr }) => remoteAddr.toString().startsWith(`${address}/p2p-circuit`))
    if (carriesLinks)
      leaving.set(
        address,
        setTimeout(() => leave(address, node), restAfterMs),
      )
    else node.use('rest')
  }
  const soon = (): void => {
    timer ??= setTimeout(review, 0)
  }

  return {
    set(addresses, hearsay = []) {
      const judged = [...new Set([...addresses, ...hearsay])].map((given) => judgeNodeAddress(given, allowed))
      const next = judged.map((node) => (node.kind === 'usable' ? node.text : node.given))
      for (const [address, node] of nodes) {
        if (next.includes(address)) continue
        clearTimeout(leaving.get(address))
        leaving.delete(address)
        node.stop()
        nodes.delete(address)
      }
      for (const [at, address] of next.entries()) {
        const one = judged[at]
        if (one === undefined || nodes.has(address)) continue
        nodes.set(
          address,
          superviseNode(one, parts, {
            changed: soon,
            connected: events.connected,
            ready(node, again) {
              soon()
              events.ready(node, again)
            },
            isUrgent: () => inOrderOf(self).filter((other) => other.hasSlot()).length < nodesAtOnce,
          }),
        )
      }
      order = [...new Set(next)]
      told = new Set(next.slice(new Set(addresses).size))
      review()
    },
    known: usable,
    status: () => order.flatMap((address) => nodes.get(address)?.status() ?? []),
    need(part, next) {
      needs.set(part, next)
      soon()
    },
    connectedFor: (part, key, width) =>
      inOrderFor(part, key)
        .filter((node) => node.connection() !== undefined)
        .filter(isFirstOfNode)
        .slice(0, width),
    slots: () =>
      inOrderOf(self)
        .filter((node) => node.hasSlot())
        .filter(isFirstOfNode),
    kick() {
      for (const node of nodes.values()) node.kick()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      for (const leave of leaving.values()) clearTimeout(leave)
      for (const node of nodes.values()) node.stop()
    },
  }
}

const isFirstOfNode = (node: SupervisedNode, at: number, all: readonly SupervisedNode[]): boolean =>
  all.findIndex((other) => nodeIdOf(other.address) === nodeIdOf(node.address)) === at

// The network as the services see it: links to devices, blinded meeting places, gossip topics. Nothing above knows of libp2p.
import type { DeviceId, Tag } from '../core/ids.ts'

/** How a link runs: straight between the two devices, or through a node that carries it. */
export type LinkPath = 'direct' | 'relayed'

/** What is wrong with a node, or with a step of trying it; the page has the words. */
export type NodeTrouble =
  /** No address of a node. */
  | 'bad-address'
  /** An address that this page may not use: not over TLS or WebRTC; not public. */
  | 'only-secure'
  | 'only-public'
  /** Nobody is there, or somebody else than the address names. */
  | 'nobody'
  | 'silent'
  | 'slow'
  /** The connection to it ended, or the slot there did. */
  | 'lost'
  | 'slot-lost'
  | 'full'
  /** Neither a slot nor a refusal came in time. */
  | 'no-slot'
  /** A slot on trial was not given: it is full, or no node. */
  | 'no-place'
  | 'brings-nobody'

/** Why a bootstrap node is or is not of use at the moment. */
export interface NodeStatus {
  /** Its multiaddr with peer id, as configured. */
  readonly address: string
  /** `idle`: known and not needed now; `reserved`: others reach this device through it; `full`: it answers and has no slot left. */
  readonly state: 'idle' | 'connecting' | 'connected' | 'reserved' | 'full' | 'unreachable'
  /** Whether a slot is held or wanted there. */
  readonly chosen: boolean
  /** The last trouble. */
  readonly trouble?: NodeTrouble
}

/** A node on trial, step by step: that its address is one for this page, that it answers, gives a slot, and brings people here. */
export interface NodeTrial {
  readonly address: string
  readonly steps: readonly TrialStep[]
}

export interface TrialStep {
  readonly step: 'address' | 'answer' | 'slot' | 'carry'
  readonly state: 'waiting' | 'doing' | 'done' | 'failed'
  /** How long it took, in whole milliseconds, once it is over. */
  readonly ms?: number
  /** Why it failed. */
  readonly trouble?: NodeTrouble
}

/** What becomes of a text that was handed over: an answer to be handed back, or the end of it, after which the link comes by itself. */
export type HandStep = { readonly kind: 'answer'; readonly text: string } | { readonly kind: 'taken' }

export interface LinkStatus {
  readonly device: DeviceId
  readonly path: LinkPath
  /** Milliseconds since 1970. */
  readonly since: number
  /** Who carries it, when relayed: the address of a node, or a device. */
  readonly through?: string
  /** Whole milliseconds there and back, as last measured; told anew when it changed by half. */
  readonly roundTripMs?: number
}

/** Why somebody was not reached, or was lost; the page has the words. */
export type LinkTrouble =
  /** The nodes that were asked do not have the device: it is most likely not online. */
  | 'away'
  /** No answer came in time. */
  | 'silent'
  /** No connection came of it. */
  | 'failed'
  /** The link ended without a good-bye. */
  | 'lost'

/** The last trouble with a device; it may be linked again since. */
export interface DeviceTrouble {
  readonly device: DeviceId
  readonly trouble: LinkTrouble
  /** Since when it was so: milliseconds since 1970. */
  readonly at: number
}

export type NetworkEvent =
  /**
   * A link to `device` stands. `link` is new for every link, and counts up. A second `link-up` for the same device replaces the former
   * link (a better path was found): frames in flight on the former one may be lost, so whoever speaks a protocol starts it again.
   */
  | { readonly kind: 'link-up'; readonly device: DeviceId; readonly link: number; readonly path: LinkPath }
  | { readonly kind: 'link-down'; readonly device: DeviceId; readonly link: number }
  /** A frame from a device whose key was proven by the transport. In order and whole within one link. */
  | { readonly kind: 'frame'; readonly device: DeviceId; readonly link: number; readonly bytes: Uint8Array }
  /** A gossip message; `from` is who published it, proven by its signature. */
  | { readonly kind: 'gossip'; readonly topic: Tag; readonly from: DeviceId; readonly bytes: Uint8Array }
  /** Somebody registered under a tag that we seek. May repeat. */
  | { readonly kind: 'found'; readonly tag: Tag; readonly device: DeviceId }
  /** After `tryNode`, at every step. */
  | { readonly kind: 'trial'; readonly trial: NodeTrial }
  | {
      readonly kind: 'status'
      readonly nodes: readonly NodeStatus[]
      readonly links: readonly LinkStatus[]
      /** Of wanted devices: at most one each, since the start. */
      readonly troubles: readonly DeviceTrouble[]
    }

export interface GossipTopic {
  readonly tag: Tag
  /** The devices that may speak there. What any other one says is neither reported nor passed on. */
  readonly authors: readonly DeviceId[]
}

export interface NetworkOptions {
  /** The device's Ed25519 seed, 32 bytes: the network identity is the device key and nothing else. */
  readonly deviceSeed: Uint8Array
  /** Bootstrap nodes as multiaddrs with peer ids, until `useNodes` says otherwise. All of them may be down. */
  readonly nodes: readonly string[]
}

/**
 * Promises that every adapter keeps:
 * - `start` settles even when no node can be reached; the adapter goes on trying by itself (within 2 s steps, at once when the
 *   browser says that it is back online), for nodes, for wanted devices and for registrations.
 * - `useNodes`, `want`, `allowDirect`, `announce`, `seek` and `subscribe` replace the whole former set, may be called before any node is
 *   reached, and stay in force over restarts of nodes.
 * - A link comes up at the first path that works, relayed or direct, and is upgraded in the background. A link that works is never
 *   dropped because a better one failed, nor because a node died when the path is direct.
 * - A link becomes direct only when both sides allow it. To a device that is not allowed no address of this one is ever told (no ICE
 *   candidate of any kind), whoever asks; one that is allowed while a relayed link stands is upgraded at once. Two who connect by hand
 *   have shown each other theirs.
 * - Between two devices there is at most one link at a time, whoever dialled.
 * - Links from devices that nobody asked for are accepted; who may say what is decided above. `close` ends one.
 * - Nothing is delivered after `stop`; `stop` tells linked peers good-bye so that they see link-down at once.
 * - No listener call is made synchronously from within a call of this interface.
 */
export interface Network {
  /** Calls back for everything that happens. One listener, set before `start`. */
  listen(listener: (event: NetworkEvent) => void): void
  start(options: NetworkOptions): Promise<void>
  stop(): Promise<void>
  /**
   * The bootstrap nodes to use, as multiaddrs with peer ids. `hearsay`: more of them, which only those know who know each other already. Slots
   * are held at any; a tag is announced at its first two of `nodes` that can be reached, and at those of `hearsay` only where these are fewer:
   * whoever has nothing but an invite would not look there.
   */
  useNodes(nodes: readonly string[], hearsay?: readonly string[]): void
  /** Tries a node that is known out, as somebody who needs it would; each step is reported by `trial`. */
  tryNode(address: string): void
  /**
   * A link without any node, for two side by side: the text (at most 440 characters, see core/hand/signal) is for the other's `takeByHand`.
   * `undefined` where no direct path can be had. Whoever is linked so is also `found` under every tag that is sought.
   */
  offerByHand(): Promise<string | undefined>
  /** Takes what the other handed over, an offer or an answer; `undefined` when it is neither, or too old. */
  takeByHand(text: string): Promise<HandStep | undefined>
  /** Devices to be linked with whenever they can be reached. */
  want(devices: readonly DeviceId[]): void
  /** Devices that may learn this one's addresses; nobody before the first call. A direct link that stands is not ended by a later one. */
  allowDirect(devices: readonly DeviceId[]): void
  /** Tags under which this device can be found. */
  announce(tags: readonly Tag[]): void
  /** Tags to look up now and again until they are no longer sought; each device found is reported by `found`. */
  seek(tags: readonly Tag[]): void
  /**
   * Hands a frame (at most `maxDataFrameBytes`) to the link; `true` when the transport took it (no promise of arrival), `false` when
   * there is no such link (any more). Resolves late when the transport is full: that is the back-pressure.
   */
  send(device: DeviceId, frame: Uint8Array): Promise<boolean>
  /** Ends the link with a device, as for somebody who is not welcome. */
  close(device: DeviceId): void
  /** Ends the link with a device, and makes it anew at once if it is wanted, over what is allowed now: for one that may not stay direct. */
  renew(device: DeviceId): void
  /** Gossip topics to take part in. */
  subscribe(topics: readonly GossipTopic[]): void
  /** Publishes at most `maxGossipBytes` to a subscribed topic; the number of peers that it was handed to. */
  publish(topic: Tag, bytes: Uint8Array): Promise<number>
}

export interface NetworkDep {
  readonly network: Network
}

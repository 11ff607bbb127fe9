// What a vice has at hand: the device's disk and keys, whom it is linked with, and the way to them past the services. Events are signed with
// the device's own true key; to what extent they are false is for the vice to say.
import { authorEvent, nextEvent } from '../../../src/core/event/author.ts'
import { lanes, type EventBody, type EventFields, type Lane } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId } from '../../../src/core/ids.ts'
import { chainKey, type Chains } from '../../../src/core/log/chains.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import type { Head } from '../../../src/core/event/event.ts'
import type { Network, NetworkEvent } from '../../../src/ports/network.ts'
import type { ConversationRecord, ProfileRecord } from '../../../src/ports/tables.ts'
import type { Ciphers } from '../world/ciphers.ts'
import type { SimDevice } from '../world/device.ts'
import type { SimDice } from '../world/dice.ts'
import { rowAt, rowsOf } from '../world/logs.ts'

export interface Place {
  readonly id: ConversationId
  readonly record: ConversationRecord
}

export interface Liar {
  readonly device: Pick<SimDevice, 'name' | 'disk'>
  readonly dice: SimDice
  readonly ciphers: Ciphers
  /** Milliseconds since 1970 by the device's own clock. */
  now(): number
  profile(): ProfileRecord | undefined
  /** A conversation in which the device stands so; by default as a member. */
  somewhere(standings?: readonly ConversationRecord['standing'][]): Place | undefined
  /** Linked devices of others in a conversation. */
  audience(place: Place): readonly DeviceId[]
  /** All devices that are linked now. */
  linked(): readonly DeviceId[]
  /** The chain ends that this device holds. */
  chains(place: Place): Chains
  /** The next event of this device's own chain, with true fields unless some are given, under a true signature. */
  author(place: Place, body: EventBody, change?: Partial<EventFields>): Promise<Uint8Array | undefined>
  sign(message: Uint8Array): Promise<Uint8Array>
  /** Hands a frame to the network, past the services and all layers. */
  send(to: DeviceId, frame: Uint8Array): void
  publish: Network['publish']
  /** Signed events to some. */
  tell(place: Place, to: readonly DeviceId[], events: readonly Uint8Array[]): void
  /** The same to everybody there and to this device's own services, which take it for their own word from then on. */
  proclaim(place: Place, events: readonly Uint8Array[]): void
}

export interface LiarDeps {
  readonly device: Pick<SimDevice, 'name' | 'disk'>
  readonly dice: SimDice
  readonly ciphers: Ciphers
  readonly now: () => number
}

export interface LiarAtWork extends Liar {
  /** Takes the network of a run as its own way out, and gives it on with an ear on what comes in. */
  attach(network: Network): Network
}

export const createLiar = ({ device, dice, ciphers, now }: LiarDeps): LiarAtWork => {
  const { disk } = device
  const links = new Set<DeviceId>()
  let way: Network | undefined
  let hear: (event: NetworkEvent) => void = () => {}
  const profile = () => rowAt(disk, 'profile', ['me']) as ProfileRecord | undefined
  const sign = (message: Uint8Array): Promise<Uint8Array> => ciphers.signer.sign(profile()!.deviceSeed, message)

  const liar: LiarAtWork = {
    device,
    dice,
    ciphers,
    now,
    profile,
    sign,
    somewhere: (standings = ['member']) => {
      const places = rowsOf(disk, 'conversations', []).map(({ key, value }): Place => ({
        id: key[0] as ConversationId,
        record: value as ConversationRecord,
      }))
      return dice.pick(places.filter(({ record }) => standings.includes(record.standing)))
    },
    audience: ({ record }) => {
      const own = profile()?.identity
      return record.people
        .filter((person) => person.identity !== own)
        .flatMap((person) => person.devices.filter((other) => links.has(other)))
    },
    linked: () => [...links],
    chains: ({ id }) =>
      new Map(rowsOf(disk, 'chains', [id]).map(({ value }) => [chainKey((value as Head).lane, (value as Head).device), value as Head])),
    author: async (place, body, change = {}) => {
      const me = profile()
      if (me === undefined) return undefined
      const lane: Lane = isSaid(body) ? lanes.content : lanes.members
      const chains = liar.chains(place)
      const point = {
        conversation: place.id,
        device: me.device,
        own: chains.get(chainKey(lane, me.device)),
        membersHeads: place.record.membersHeads,
        contentHeads: place.record.contentHeads,
        ends: [...chains.values()],
      }
      return (await authorEvent({ ...nextEvent(point, lane, body, now()), ...change }, sign)).bytes
    },
    send: (to, frame) => void way?.send(to, frame).catch(() => false),
    publish: async (topic, bytes) => (await way?.publish(topic, bytes)) ?? 0,
    tell: ({ id }, to, events) => {
      const frame = encodeLinkMessage({ kind: 'events', conversation: id, events, more: false })
      for (const other of to) liar.send(other, frame)
    },
    proclaim: (place, events) => {
      const audience = liar.audience(place)
      liar.tell(place, audience, events)
      const [anybody] = audience
      const bytes = encodeLinkMessage({ kind: 'events', conversation: place.id, events, more: false })
      if (anybody !== undefined) hear({ kind: 'frame', device: anybody, link: 0, bytes })
    },
    attach: (network) => {
      way = network
      links.clear()
      return {
        ...network,
        listen: (listener) => {
          hear = listener
          network.listen((event) => {
            if (event.kind === 'link-up') links.add(event.device)
            if (event.kind === 'link-down') links.delete(event.device)
            listener(event)
          })
        },
      }
    },
  }
  return liar
}

const isSaid = (body: EventBody): boolean =>
  ['text', 'edit', 'delete', 'reaction', 'pin', 'poll', 'place', 'card', 'vote', 'close', 'epoch', 'unknown'].includes(body.kind)

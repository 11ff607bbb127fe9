// A crowd of strangers at one door: each with an identity and a device of their own, a request that is good in every way, and no manners.
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { requestMessage } from '../../src/core/contact/messages.ts'
import { emptyConversation, takeIn } from '../../src/core/conversation/conversation.ts'
import { authorEvent, nextEvent } from '../../src/core/event/author.ts'
import { lanes, type ContentBody, type MembersBody } from '../../src/core/event/event.ts'
import { deviceId, eventId, identityId, type DeviceId } from '../../src/core/ids.ts'
import { inviteKeys } from '../../src/core/invite/secret.ts'
import { chainKey } from '../../src/core/log/chains.ts'
import { announcementMessage, certificateMessage } from '../../src/core/members/card.ts'
import { nameConversation, nonceOf } from '../../src/core/members/conversation-name.ts'
import { encodeLinkMessage } from '../../src/core/sync/messages.ts'
import { nodeAddress } from '../sim/world/config.ts'
import type { SimDevice } from '../sim/world/device.ts'
import type { World } from '../sim/world/world.ts'

export interface Flood {
  /** Requests that were handed to a link so far. */
  sent(): number
  /** Links that strangers still have. */
  links(): number
}

/** `count` strangers come to a device, one every `everyMs`; `secret` is of its contact link. */
export const flood = async (world: World, secret: Uint8Array, target: SimDevice, count: number, everyMs: number): Promise<Flood> => {
  const to = target.id()!
  let sent = 0
  const linked = new Set<number>()
  const crowd = await Promise.all(Array.from({ length: count }, (_, index) => strangerOf(world, secret, to, index)))
  crowd.forEach(({ deviceSeed, frame }, index) => {
    const network = world.hub.network()
    network.listen((event) => {
      if (event.kind === 'link-down') {
        linked.delete(index)
        void network.stop()
      }
      if (event.kind !== 'link-up' || linked.has(index)) return
      linked.add(index)
      sent++
      network.want([])
      void network.send(to, frame)
    })
    world.scheduler.after(world.weather, index * everyMs, 'a stranger', () => {
      network.want([to])
      void network.start({ deviceSeed, nodes: [nodeAddress] })
    })
  })
  return { sent: () => sent, links: () => linked.size }
}

const bytesFor = (name: string): Uint8Array => sha256(utf8ToBytes(name))

const strangerOf = async ({ ciphers: { signer } }: World, secret: Uint8Array, to: DeviceId, index: number) => {
  const [identitySeed, deviceSeed] = [bytesFor(`stranger ${index}`), bytesFor(`device of stranger ${index}`)]
  const identity = identityId(await signer.publicKey(identitySeed))
  const device = deviceId(await signer.publicKey(deviceSeed))
  const unsigned = { identity, device, keys: [{ suite: 0x0020, publicKey: bytesFor(`key ${index}`) }], createdAt: 1 }
  const card = {
    ...unsigned,
    certificate: await signer.sign(identitySeed, certificateMessage(identity, device)),
    announcement: await signer.sign(deviceSeed, announcementMessage(unsigned)),
  }
  const meeting = bytesFor(`meeting ${index}`)
  const nonce = nonceOf(device, meeting)
  const inside = inviteKeys(bytesFor(`secret ${index}`).subarray(0, 16))
  const bodies: readonly (MembersBody | ContentBody)[] = [
    {
      kind: 'create',
      as: 'direct',
      nonce,
      name: '',
      meeting,
      person: { identity, name: `Stranger ${index}`, devices: [card] },
    },
    {
      kind: 'invite',
      invite: inside.invite,
      key: await signer.publicKey(inside.seed),
      meeting: inside.meeting,
      expiresAt: 9e11,
      uses: 'single',
    },
    { kind: 'text', text: `Buy number ${index}`, replyTo: null },
  ]
  let conversation = emptyConversation(nameConversation(identity, nonce))
  const events: Uint8Array[] = []
  for (const body of bodies) {
    const isText = body.kind === 'text'
    const lane = isText ? lanes.content : lanes.members
    const { id, membersHeads, contentHeads, chains } = conversation
    const point = {
      conversation: id,
      device,
      own: chains.get(chainKey(lane, device)),
      membersHeads,
      contentHeads,
      ends: [...chains.values()],
    }
    const place = isText ? { epoch: eventId(bytesFor('an epoch')), index: 0 } : undefined
    const event = await authorEvent(nextEvent(point, lane, body, 1_000, place), (message) => signer.sign(deviceSeed, message))
    const taken = takeIn(conversation, event)
    if (taken.kind !== 'taken') throw new Error('a stranger could not begin')
    conversation = taken.conversation
    events.push(event.bytes)
  }
  const link = inviteKeys(secret)
  const proof = await signer.sign(link.seed, requestMessage(link.invite, device, to, events))
  const way = { kind: 'link', link: link.invite, proof } as const
  return { deviceSeed, frame: encodeLinkMessage({ kind: 'request', way, secret: bytesFor(`secret ${index}`).subarray(0, 16), events }) }
}

// Who steals a database opens nothing with it that was recorded on the way: the key of a message goes when the message is on the disk,
// and the key that an epoch was sealed to goes soon after the epoch was opened.
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { lanes } from '../../../src/core/event/event.ts'
import type { SenderChain } from '../../../src/core/epoch/sender-chain.ts'
import { openSealed } from '../../../src/core/epoch/sealed.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import type { SimDevice } from '../world/device.ts'
import { eventsOn, rowAt } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createErased: CreateInvariant = ({ world }) => {
  const name = 'used keys are gone'
  /** What was recorded on the way, by epoch, sender and number. */
  const sealedByPlace = new Map<string, Uint8Array>()

  const check = (device: SimDevice, conversation: ConversationId): void => {
    for (const event of eventsOn(device.disk, conversation)) {
      if (event.epoch === null) continue
      const chain = rowAt(device.disk, 'senderChains', [conversation, event.epoch, event.device]) as SenderChain | undefined
      const sealed = sealedByPlace.get(`${event.epoch} ${event.device} ${event.index}`)
      if (chain === undefined || sealed === undefined) continue
      const kept = chain.skipped.filter((skipped) => skipped.index === event.index).map(({ key }) => key)
      // The key of what comes next must not be that of what came last.
      const present = chain.next === event.index + 1 ? [chain.key, hmac(sha256, chain.key, Uint8Array.of(1))] : []
      if (event.index >= chain.next || [...kept, ...present].some((key) => openSealed(sealed, key).ok)) {
        const writer = world.deviceOf(event.device)?.name
        world.violate(name, `the disk of ${device.name} opens number ${event.index} by ${writer} in ${conversation}, which it has`)
        return
      }
    }
  }

  const checkShares = (device: SimDevice, conversation: ConversationId): void => {
    for (const { id, lane, body } of eventsOn(device.disk, conversation)) {
      if (lane !== lanes.content || body.kind !== 'epoch' || rowAt(device.disk, 'epochs', [conversation, id]) === undefined) continue
      const share = body.shares.find((candidate) => candidate.device === device.id())
      if (share !== undefined && rowAt(device.disk, 'hpkeKeys', [share.key]) !== undefined)
        world.violate(name, `${device.name} keeps the key that epoch ${id.slice(0, 8)} was sealed to`)
    }
  }

  return {
    name,
    wire: ({ seen, sealed }) => {
      if (sealed === undefined || sealed.header.sender !== seen.from) return
      sealedByPlace.set(`${sealed.header.epoch} ${sealed.header.sender} ${sealed.header.index}`, sealed.bytes)
    },
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) {
        for (const [conversation, { summary }] of seen) {
          check(device, conversation)
          // Who is out announces no fresh key.
          if (summary.standing === 'member' || summary.standing === 'inviting') checkShares(device, conversation)
        }
      }
    },
  }
}

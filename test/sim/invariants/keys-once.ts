// One key is used for one message: the same epoch, sender and index never seal two different things, over any crash or restart.
import { toHex } from '../../../src/core/ids.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import type { CreateInvariant } from './invariant.ts'

export const createKeysOnce: CreateInvariant = ({ world }) => {
  const name = 'one key, one message'
  const sealedByKey = new Map<string, string>()
  return {
    name,
    wire: ({ seen, sealed }) => {
      // What strangers throw about is theirs.
      if (sealed === undefined || world.deviceOf(seen.from)?.isHostile !== false || sealed.header.sender !== seen.from) return
      const { epoch, sender, index } = sealed.header
      const [key, bytes] = [`${epoch} ${sender} ${index}`, toHex(sha256(sealed.bytes))]
      const former = sealedByKey.get(key)
      if (former !== undefined && former !== bytes) {
        world.violate(name, `${world.deviceOf(sender)?.name} sealed two things with number ${index} of epoch ${epoch.slice(0, 8)}`)
      }
      sealedByKey.set(key, bytes)
    },
  }
}

// Whether a node that gave a slot really brings people here: this device asks it to be connected with itself. The call that comes back is
// refused, and that is the proof; who could not be called would wait at such a node for ever, without anybody noticing.
import type { Connection, PeerId } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { bytesField, concat, readProtobuf, varintField } from '../../core/wire/protobuf.ts'

const hopProtocol = '/libp2p/circuit/relay/0.2.0/hop'
/** Of circuit relay v2's HopMessage: the type CONNECT, and the statuses with which a relay admits that it called in vain, or never gave a slot. */
const connect = 1
const lies = [100, 203, 204]

export interface RelayCheck {
  /** `true` when the call came back, or when the node does not let anybody call themselves. Rejects when the node does not answer. */
  carries(connection: Connection): Promise<boolean>
  /** For the gater: whether an incoming call is one's own, which has done its work with that. */
  isOwnCall(relay: PeerId, caller: PeerId): boolean
}

export const createRelayCheck = (self: () => PeerId): RelayCheck => {
  const arrived = new Map<string, () => void>()
  /** By relay: who asks meanwhile gets the same answer, since a call that comes back does not say for which question. */
  const asking = new Map<string, Promise<boolean>>()

  const ask = async (connection: Connection, relay: string): Promise<boolean> => {
    const cameBack = new Promise<true>((resolve) => arrived.set(relay, () => resolve(true)))
    const stream = await connection.newStream(hopProtocol)
    try {
      const messages = lpStream(stream)
      const peer = bytesField(1, self().toMultihash().bytes)
      await messages.write(concat([varintField(1, connect), bytesField(2, peer)]))
      const answered = messages.read().then((bytes) => !lies.includes(statusIn(bytes.subarray())))
      answered.catch(() => {})
      return await Promise.race([cameBack, answered])
    } finally {
      arrived.delete(relay)
      stream.abort(new Error('the question is answered'))
    }
  }

  return {
    carries(connection) {
      const relay = connection.remotePeer.toString()
      const answer = asking.get(relay) ?? ask(connection, relay).finally(() => asking.delete(relay))
      asking.set(relay, answer)
      return answer
    },
    isOwnCall(relay, caller) {
      if (!caller.equals(self())) return false
      arrived.get(relay.toString())?.()
      return true
    },
  }
}

const statusIn = (message: Uint8Array): number => {
  const status = readProtobuf(message)?.find(({ field }) => field === 5)
  return status?.kind === 'varint' ? Number(status.value) : 0
}

// What anybody may know of a node, before using it: over HTTP at `/info.json`, and over libp2p for those who have only its address.
import type { Libp2p } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import { publicInfoProtocol } from '../src/core/wire/protocol-ids.ts'
import type { Limits } from './limits.ts'

export interface PublicInfo extends NodeInfo {
  readonly name: string
  readonly contact: string
  readonly version: string
  readonly policy: string
  /** The fuller of connections and relay slots, 0 to 1. */
  readonly load: number
  readonly limits: Readonly<Record<string, number>>
}

/** What the node does, for those who ask whether to use it. */
export const policy =
  'Introduces browsers to each other and relays what they encrypt until they are directly connected. Keeps no message and logs no address.'

/** Limits as JSON has them. */
export const limitsAsNumbers = (limits: Limits): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, Number(value)]))

/** Answers every stream with the same JSON as `/info.json`, behind its length, and closes it. */
export const serveInfo = (host: Libp2p, info: () => PublicInfo): Promise<void> =>
  host.handle(
    publicInfoProtocol,
    (stream) => {
      const tell = async (): Promise<void> => {
        await lpStream(stream).write(Buffer.from(JSON.stringify(info())))
        await stream.close()
      }
      tell().catch(() => stream.abort(new Error('gone')))
    },
    { maxInboundStreams: 1 },
  )

// How often one device may open a stream. The library caps how many are open at once, and says no to each one beyond that; but every no costs a
// negotiation, and all who wait for their turn of the event loop wait for it. So whoever goes on asking is put out, and comes back no
// faster than the doorkeeper lets them.
import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import type { Limits } from './limits.ts'
import { createTokenBuckets } from './token-buckets.ts'

/** Danger: not in the connection's public type. It tells of every stream that the other side opens, before anything is read from it. */
interface Muxed {
  readonly muxer?: { addEventListener(name: 'stream', heard: (event: { readonly detail: Stream }) => void): void }
}

/** Puts out, from now on, whoever opens streams without end. */
export const limitStreams = (host: Pick<Libp2p, 'addEventListener'>, limits: Limits, now: () => number = Date.now): void => {
  const rate = createTokenBuckets(() => ({ burst: limits.streamBurst, perSecond: limits.streamsPerSecond }))
  host.addEventListener('connection:open', ({ detail: connection }) => {
    const { muxer } = connection as Connection & Muxed
    if (muxer === undefined) throw new Error('a connection tells of its streams otherwise now: see stream-rate.ts')
    const party = connection.remotePeer.toString()
    muxer.addEventListener('stream', () => {
      if (connection.status === 'open' && !rate.take(party, now())) connection.abort(new Error('opens streams without end'))
    })
  })
}

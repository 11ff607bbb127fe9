// Whether a node that is reached over UDP still lives. A TCP connection breaks when its node is killed; over WebRTC-direct nothing breaks, and
// a node that has started again even answers the browser's checks. So it is asked. One that is stopped does say so, but to the channels alone.
import type { Connection } from '@libp2p/interface'
import { onHungUp } from './fast-channel.ts'
import type { Host } from './host.ts'

/** Milliseconds between two questions. */
const everyMs = 1_400
/**
 * Milliseconds for an answer: time for one packet to be lost and sent again (a second, RFC 4960) and four times what the last answer took.
 * On a good way a page misses its node within 3 s of its end, on the worst within these together.
 */
const patienceMs = (lastMs: number): number => Math.min(Math.max(1_500, 1_000 + 4 * lastMs), 5_000)

/** Asks as long as the connection is open; one that does not answer is ended. */
export const keepPulse = (host: Host, connection: Connection): void => {
  if (!connection.remoteAddr.getComponents().some(({ name }) => name === 'webrtc-direct')) return
  const end = (why: string): void => {
    if (connection.status === 'open') connection.abort(new Error(why))
  }
  onHungUp(connection, () => end('the node has hung up'))
  let lastMs = 0
  let isAsking = false
  const timer = setInterval(() => {
    if (isAsking) return
    isAsking = true
    host.services.ping.ping(connection.remotePeer, { signal: AbortSignal.timeout(patienceMs(lastMs)) }).then(
      (ms) => {
        lastMs = ms
        isAsking = false
      },
      () => end('the node does not answer'),
    )
  }, everyMs)
  connection.addEventListener('close', () => clearInterval(timer), { once: true })
}

// Whether a node that is reached over UDP still lives. A TCP connection breaks when its node is killed; over WebRTC-direct nothing breaks, and
// a node that has started again even answers the browser's checks. So it is asked. One that is stopped does say so, but to the channels alone.
import type { Connection } from '@libp2p/interface'
import { onHungUp } from './fast-channel.ts'
import type { Host } from './host.ts'

/** Milliseconds between two questions, and for an answer: together what a page takes at most to miss its node. */
const everyMs = 4_000
const patienceMs = 4_000

/** Asks as long as the connection is open; one that does not answer is ended. */
export const keepPulse = (host: Host, connection: Connection): void => {
  if (!connection.remoteAddr.getComponents().some(({ name }) => name === 'webrtc-direct')) return
  const end = (why: string): void => {
    if (connection.status === 'open') connection.abort(new Error(why))
  }
  onHungUp(connection, () => end('the node has hung up'))
  const timer = setInterval(() => {
    host.services.ping.ping(connection.remotePeer, { signal: AbortSignal.timeout(patienceMs) }).catch(() => end('the node does not answer'))
  }, everyMs)
  connection.addEventListener('close', () => clearInterval(timer), { once: true })
}

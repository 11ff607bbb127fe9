// Whether guests are still there. A telephone that fell asleep says no good-bye, and TCP notices late. The library asks everybody at the same
// moment, every ten seconds: a thousand streams at once stop the node for a second or two (measured), and then it takes those for gone whom
// it has not heard. Here everybody is asked once a minute, some each second.
import type { Connection, Libp2p } from '@libp2p/interface'
import type { Ping } from '@libp2p/ping'

/** Milliseconds after which a guest is asked again, and for its answer. */
const askEveryMs = 60_000
const answerMs = 15_000
const tickMs = 1_000

/** Ends connections that do not answer. Returns what ends the watching. */
export const watchGuests = (host: Libp2p<{ readonly ping: Ping }>, now: () => number = Date.now): (() => void) => {
  const askedAt = new WeakMap<Connection, number>()

  const ask = (connection: Connection): void => {
    askedAt.set(connection, now())
    host.services.ping.ping(connection.remotePeer, { signal: AbortSignal.timeout(answerMs) }).catch((error: unknown) => {
      // Who answers that it does not speak this protocol is there.
      if (!(error instanceof Error && error.name === 'UnsupportedProtocolError')) connection.abort(new Error('the guest does not answer'))
    })
  }

  const timer = setInterval(() => {
    const connections = host.getConnections()
    const most = Math.ceil((2 * connections.length * tickMs) / askEveryMs)
    const isDue = (connection: Connection): boolean => now() - (askedAt.get(connection) ?? connection.timeline.open) >= askEveryMs
    for (const connection of connections.filter(isDue).slice(0, most)) ask(connection)
  }, tickMs).unref()
  return () => clearInterval(timer)
}

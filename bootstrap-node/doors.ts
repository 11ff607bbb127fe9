// Several doors in one wall. libuv accepts one socket from each listener in a turn of the event loop (since 1.45), however many wait: while a
// turn takes 5 ms because others are served, that is 200 a second, and a flood of 2,000 fills the queue in which honest people wait too
// (measured: they gave up after ten seconds, at a node that used a tenth of a core). So the same port has several listeners, among whom the kernel
// shares out whoever comes, and each turn takes one from each.
import { createServer } from 'node:net'
import type { ListenOptions, Server, Socket } from 'node:net'

export interface Doors {
  /** Opens the others beside the first, which listens; settles when all do. */
  open(): Promise<void>
  close(): void
}

/** Only Linux shares out among listeners who say that they want it. */
const canShare = process.platform === 'linux'

/**
 * Makes `first` one of `count` listeners at the port that it is going to listen on; sockets of all of them go to `admit`. `waiting` is how many may
 * wait at each. It rejects as `first` alone would when somebody else has the port.
 */
export const createDoors = (first: Server, count: number, waiting: number, admit: (socket: Socket) => void): Doors => {
  const listen = first.listen.bind(first) as (options: ListenOptions) => Server
  let asked: ListenOptions = {}
  const others: Server[] = []
  first.removeAllListeners('connection').on('connection', admit)
  first.listen = ((options: ListenOptions) => {
    // `::` is everybody: whoever comes over IPv4 too.
    asked = { ...options, ipv6Only: false, backlog: waiting }
    if (!canShare) return listen(asked)
    // Who says that they share gets a port that another node of the same user shares: so it is tried alone before.
    const alone = createServer()
    alone.once('error', (error) => first.emit('error', error))
    alone.listen(asked, () => {
      const port = portOf(alone)
      alone.close(() => listen((asked = { ...asked, port, reusePort: true })))
    })
    return first
  }) as Server['listen']

  return {
    async open() {
      if (!canShare) return
      while (others.length < count - 1) {
        const other = createServer({ pauseOnConnect: true }, admit)
        others.push(other)
        await new Promise<void>((resolve, reject) => other.once('error', reject).listen(asked, resolve))
      }
    },
    close() {
      for (const other of others) other.close()
    },
  }
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

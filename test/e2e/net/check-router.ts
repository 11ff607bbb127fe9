// Whether a router does what its kind says (RFC 4787), seen from both sides with a few packets: what all figures of the bed rest on.
import { createSocket, type Socket } from 'node:dgram'
import { isDeepStrictEqual } from 'node:util'
import { publicAddress, type Home } from './lab.ts'
import type { HomeKind } from './nat.ts'

/** Milliseconds for packets that come at all. */
const waitMs = 2_000
const insidePort = 4_000

interface Behaviour {
  /** As how many addresses and ports one port of the inside was seen by two outside. */
  readonly mappings: number
  /** Of one that was sent to and one that was not, who could answer. */
  readonly answers: readonly string[]
}

const expected: Readonly<Record<HomeKind, Behaviour>> = {
  flat: { mappings: 1, answers: ['asked', 'unasked'] },
  'full-cone': { mappings: 1, answers: ['asked', 'unasked'] },
  'port-restricted': { mappings: 1, answers: ['asked'] },
  symmetric: { mappings: 2, answers: ['asked'] },
  'udp-blocked': { mappings: 0, answers: [] },
}

/** To be called at the public host. @throws when the router does anything else. */
export const checkRouter = async (home: Home): Promise<void> => {
  const sockets = await Promise.all([listen(), listen(), listen()])
  const [first, second, stranger] = sockets
  try {
    const seen = new Set<string>()
    for (const socket of [first, second]) socket.on('message', (_, { address, port }) => seen.add(`${address}:${port}`))
    first.once('message', (_, { address, port }) => {
      first.send('asked', port, address)
      stranger.send('unasked', port, address)
    })
    const said = await home.run(process.execPath, '-e', sender(first.address().port, second.address().port))
    const found: Behaviour = { mappings: seen.size, answers: said.split('\n').filter(Boolean).toSorted() }
    if (!isDeepStrictEqual(found, expected[home.kind])) throw new Error(`the home that should be ${home.kind} is ${JSON.stringify(found)}`)
  } finally {
    for (const socket of sockets) socket.close()
  }
}

/** Runs in the home: sends from one port to two of the public host, and says what comes back. */
const sender = (first: number, second: number): string => `
  const socket = require('node:dgram').createSocket('udp4')
  socket.on('message', (words) => console.log(String(words)))
  socket.bind(${insidePort}, () => {
    for (const port of [${first}, ${second}]) socket.send('here', port, '${publicAddress}')
  })
  setTimeout(() => process.exit(), ${waitMs})`

const listen = (): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.bind(0, publicAddress, () => resolve(socket))
  })

// The listeners of one port: how many come in within a turn of the event loop, and that the port is nobody else's.
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createDoors } from '../../bootstrap-node/doors.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** Listens at a port through so many doors; settles with the port. */
const open = async (count: number, admit: (socket: Socket) => void, port = 0): Promise<number> => {
  const first: Server = createServer()
  const doors = createDoors(first, count, 511, admit)
  ends.push(() => {
    doors.close()
    first.close()
  })
  await new Promise<void>((resolve, reject) => {
    first.once('listening', resolve).once('error', reject)
    first.listen({ host: '127.0.0.1', port })
  })
  await doors.open()
  const address = first.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Turns of the event loop in which somebody came in, until all did. */
const turnsFor = async (count: number, guests: number): Promise<number> => {
  let [now, came, turns] = [0, 0, 0]
  const port = await open(count, (socket) => {
    now += 1
    socket.destroy()
  })
  const sockets = Array.from({ length: guests }, () => connect(port, '127.0.0.1').on('error', () => {}))
  ends.push(() => sockets.forEach((socket) => socket.destroy()))
  while (came < guests) {
    await new Promise((resolve) => setImmediate(resolve))
    if (now > 0) turns += 1
    came += now
    now = 0
  }
  return turns
}

test('a turn of the event loop takes one guest from each door, so that a flood does not make a queue', async () => {
  expect(await turnsFor(1, 128)).toBeGreaterThanOrEqual(100)
  expect(await turnsFor(32, 128)).toBeLessThan(40)
})

test('a port that somebody has is refused, also when they share it among their own doors', async () => {
  const port = await open(4, (socket) => socket.destroy())
  await expect(open(4, (socket) => socket.destroy(), port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('a port is free again after the end', async () => {
  const port = await open(4, (socket) => socket.destroy())
  for (const end of ends.splice(0)) end()
  expect(await open(4, (socket) => socket.destroy(), port)).toBe(port)
})

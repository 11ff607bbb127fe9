// A process of its own in a namespace of its own: the middle of all cables. A cable's two ends are VXLAN devices (RFC 7348) in two other
// namespaces; what they put into UDP comes here, and goes on to the other end when its lane gives it out. Told by messages (see `cables`).
// VXLAN instead of a TUN device, because it needs no program in C: ordinary sockets carry 30 MB a second, which is far above any network here.
import { createSocket, type Socket } from 'node:dgram'
import { createLane, type Lane } from './lane.ts'
import type { Quality } from './quality.ts'

export type Told =
  /** The UDP ports of the two ends, on both sides. */
  | { readonly kind: 'lay'; readonly cable: number; readonly ports: readonly [number, number] }
  | { readonly kind: 'become'; readonly cable: number; readonly quality: Quality }

/** Addresses of the link between the devices' namespace and this one. */
export const devicesAddress = '10.254.0.1'
export const wireAddress = '10.254.0.2'

const cables = new Map<number, readonly Lane[]>()

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(port, wireAddress, () => resolve(socket))
  })

const lay = async (cable: number, ports: readonly [number, number]): Promise<void> => {
  const [one, other] = await Promise.all([open(ports[0]), open(ports[1])])
  const lanes = [
    createLane((packet) => other.send(packet, ports[1], devicesAddress)),
    createLane((packet) => one.send(packet, ports[0], devicesAddress)),
  ] as const
  one.on('message', (packet) => lanes[0].take(packet))
  other.on('message', (packet) => lanes[1].take(packet))
  cables.set(cable, lanes)
}

const does = async (told: Told): Promise<void> => {
  if (told.kind === 'lay') await lay(told.cable, told.ports)
  else for (const lane of cables.get(told.cable) ?? []) lane.become(told.quality)
}

// Imported, it tells its addresses and does nothing.
if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  process.on('message', (told: Told) => {
    does(told).then(
      () => process.send?.('done'),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('disconnect', () => process.exit(0))
}

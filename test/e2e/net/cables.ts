// Cables between namespaces whose quality can be changed while they are in use: the side that lays them. Their middle is `wire`.
import { fileURLToPath } from 'node:url'
import { createNamespace, ip, type Namespace } from './namespace.ts'
import type { Quality } from './quality.ts'
import { devicesAddress, wireAddress, type Told } from './wire.ts'

export interface End {
  readonly namespace: Namespace
  /** What the device is called there. */
  readonly device: string
}

export interface Cable {
  become(quality: Quality): Promise<void>
}

export interface Cables {
  /** A cable between two namespaces, perfect at first; its devices are down and have no addresses. */
  lay(one: End, other: End): Promise<Cable>
  end(): void
}

const program = fileURLToPath(new URL('wire.ts', import.meta.url))
/** The first UDP port; each end takes the next. */
const firstPort = 20_000
/** Bytes of a packet with VXLAN's own 50 around it, so that people's packets may have the usual 1,500. */
const wrappedBytes = 1_600

export const createCables = async (): Promise<Cables> => {
  const devices = await createNamespace('devices')
  const wire = await createNamespace('wire')
  await ip(`link add middle netns ${devices.name} mtu ${wrappedBytes} type veth peer name middle netns ${wire.name} mtu ${wrappedBytes}`)
  for (const [namespace, address] of [
    [devices, devicesAddress],
    [wire, wireAddress],
  ] as const) {
    await namespace.ip(`address add ${address}/24 dev middle`)
    await namespace.ip('link set middle up')
  }
  const child = wire.start(program)
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error('the middle of the cables is gone')))
  })
  gone.catch(() => undefined)
  let inLine: Promise<unknown> = Promise.resolve()
  /** One after the other, so that each answer belongs to one question. */
  const tell = (told: Told): Promise<void> => {
    const done = inLine.then(() => {
      const answer = new Promise<void>((resolve) => {
        child.once('message', () => resolve())
      })
      child.send(told)
      return Promise.race([answer, gone])
    })
    inLine = done.catch(() => undefined)
    return done
  }
  let laid = 0

  /** A VXLAN device stays with the sockets of the namespace where it was made, wherever it is moved. */
  const plug = async ({ namespace, device }: End, port: number): Promise<void> => {
    const remote = `local ${devicesAddress} remote ${wireAddress} dstport ${port}`
    await devices.ip(`link add v${port} type vxlan id 1 ${remote} nolearning`)
    await devices.ip(`link set v${port} netns ${namespace.name} name ${device}`)
    // Checksums are left to a network card that is not there unless this is off, and what arrives would be thrown away.
    await namespace.run('ethtool', '-K', device, 'tx', 'off')
    await namespace.ip(`link set ${device} mtu 1500`)
  }

  return {
    async lay(one, other) {
      const cable = laid++
      const ports = [firstPort + 2 * cable, firstPort + 2 * cable + 1] as const
      await tell({ kind: 'lay', cable, ports })
      await plug(one, ports[0])
      await plug(other, ports[1])
      return { become: (quality) => tell({ kind: 'become', cable, quality }) }
    },
    end: () => void child.kill('SIGKILL'),
  }
}

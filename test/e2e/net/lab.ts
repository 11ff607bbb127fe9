// A small internet on one machine, of network namespaces: homes behind routers of every kind, each at a cable that can be as bad as wanted,
// and a public host, which is this machine itself at `publicAddress`. Chromium runs in a home, the real node at the public host.
// One at a time on a machine; `unavailable` says why there can be none.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../../scripts/lib/chromium.mjs'
import { ensurePackage, findOnPath } from '../../../scripts/lib/debian.mjs'
import { createCables, type Cable } from './cables.ts'
import { createNamespace, ip, removeNamespaces, type Namespace } from './namespace.ts'
import { routerRules, type HomeKind } from './nat.ts'
import { halfOf, type Quality } from './quality.ts'

/** Of the networks that RFC 5737 keeps for examples, so nobody is there. */
export const publicAddress = '203.0.113.1'
const publicDevice = 'parley-lab'

export interface Home {
  readonly kind: HomeKind
  /** The path of a Chromium that lives there. */
  readonly browser: string
  /** Runs a program there; what it said. */
  run(program: string, ...words: readonly string[]): Promise<string>
}

export interface Lab {
  home(kind: HomeKind): Promise<Home>
  /** Makes the way between any two homes this good; to the public host it is half of it. */
  become(quality: Quality): Promise<void>
  end(): Promise<void>
}

/** Throws one sentence when this machine, or who runs this, does not allow it; installs the small programs that are missing. */
export const ensureLab = (): void => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error('The homes behind routers are network namespaces of Linux, which only root may make: run this as root.')
  // Where Debian keeps programs for root, which the path of a shell may leave out.
  process.env['PATH'] = `${process.env['PATH']}:/usr/sbin:/sbin`
  for (const [name, program] of [
    ['iproute2', 'ip'],
    ['nftables', 'nft'],
    ['ethtool', 'ethtool'],
  ] as const)
    ensurePackage(name, name, () => findOnPath(program))
}

export const createLab = async (): Promise<Lab> => {
  ensureLab()
  const unlock = await lock()
  await clear()
  const street = await createNamespace('street').catch((error: unknown) => {
    throw new Error(`This machine lets nobody make network namespaces, not even root, as containers mostly do: ${String(error)}`)
  })
  const scripts = await mkdtemp(join(tmpdir(), 'parley-lab-'))
  const cables = await createCables()
  const homes: Cable[] = []

  const connect = async (device: string): Promise<void> => {
    await street.ip(`link set ${device} master street`)
    await street.ip(`link set ${device} up`)
  }
  await street.ip('link add street type bridge')
  await street.ip('link set street up')
  await ip(`link add ${publicDevice} type veth peer name public netns ${street.name}`)
  await ip(`address add ${publicAddress}/24 dev ${publicDevice}`)
  await ip(`link set ${publicDevice} up`)
  await connect('public')

  const give = async (namespace: Namespace, device: string, address: string, gateway?: string): Promise<void> => {
    await namespace.ip(`address add ${address}/24 dev ${device}`)
    await namespace.ip(`link set ${device} up`)
    if (gateway !== undefined) await namespace.ip(`route add default via ${gateway}`)
  }

  return {
    async home(kind) {
      const number = homes.length + 1
      const inside = await createNamespace(`home-${number}`)
      const outside = `203.0.113.${10 + number}`
      if (kind === 'flat') {
        homes.push(await cables.lay({ namespace: inside, device: 'eth0' }, { namespace: street, device: `home-${number}` }))
        await give(inside, 'eth0', outside, publicAddress)
      } else {
        const router = await createNamespace(`router-${number}`)
        const [lan, computer] = [`192.168.${number}.1`, `192.168.${number}.2`]
        homes.push(await cables.lay({ namespace: inside, device: 'eth0' }, { namespace: router, device: 'lan' }))
        await router.nft(routerRules(kind, computer))
        await router.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
        await give(router, 'lan', lan)
        await ip(`link add wan netns ${router.name} type veth peer name home-${number} netns ${street.name}`)
        await give(router, 'wan', outside)
        await give(inside, 'eth0', computer, lan)
      }
      await connect(`home-${number}`)
      const browser = join(scripts, `chromium-${number}`)
      await writeFile(browser, `#!/bin/sh\nexec ip netns exec ${inside.name} ${findChromium() ?? 'chromium'} "$@"\n`)
      await chmod(browser, 0o755)
      return { kind, browser, run: inside.run }
    },
    async become(quality) {
      await Promise.all(homes.map((cable) => cable.become(halfOf(quality))))
    },
    async end() {
      cables.end()
      await clear()
      await rm(scripts, { recursive: true, force: true })
      unlock()
    },
  }
}

/** Everything that is there of a lab, also of one that was killed. */
const clear = async (): Promise<void> => {
  await ip(`link del ${publicDevice}`).catch(() => undefined)
  await removeNamespaces()
}

/** Held until it is let go of, or this process ends however it may. */
const lock = (): Promise<() => void> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', () => reject(new Error('Another one of these runs on this machine; wait for its end.')))
    // A socket of the abstract kind, which leaves no file behind.
    server.listen('\0parley-lab', () => resolve(() => server.close()))
    server.unref()
  })

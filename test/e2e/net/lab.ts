// A small internet on one machine, of network namespaces: homes behind routers of every kind, each at a cable that can be as bad as wanted,
// and a public host at `publicAddress`. Chromium runs in a home, the real node at the public host, and so does the program that asks for all
// this: the machine's own network is left alone, since every browser on it would notice a change. One at a time on a machine.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../../scripts/lib/chromium.mjs'
import { ensurePackage, findOnPath } from '../../../scripts/lib/debian.mjs'
import { createCables, type Cable } from './cables.ts'
import { createNamespace, ip, removeNamespaces, type Namespace } from './namespace.ts'
import { routerRules, type HomeKind, type NatKind } from './nat.ts'
import { halfOf, type Quality } from './quality.ts'

/** Of the networks that RFC 5737 keeps for examples, so nobody is there. */
export const publicAddress = '203.0.113.1'
const publicDevice = 'eth0'

export interface Home {
  readonly kind: HomeKind
  /** The path of a Chromium that lives there. */
  readonly browser: string
  /** Runs a program there; what it said. */
  run(program: string, ...words: readonly string[]): Promise<string>
}

/** A home that goes from one network to another, as a phone does between Wi-Fi and its mobile network. */
export interface Traveller extends Pick<Home, 'browser'> {
  /** Leaves the network where it is, if it is at one, and is at the next at once; without a number it is nowhere. */
  goTo(uplink?: number): Promise<void>
}

export interface Lab {
  home(kind: HomeKind): Promise<Home>
  /** At the first of these networks to begin with. */
  traveller(kinds: readonly NatKind[]): Promise<Traveller>
  /** Makes the way between any two homes this good; to the public host it is half of it. */
  become(quality: Quality): Promise<void>
  end(): Promise<void>
}

/** Set for a program that runs at the public host. */
const sign = 'PARLEY_AT_PUBLIC_HOST'
const publicHost = 'public'

export const isAtPublicHost = (): boolean => process.env[sign] !== undefined

/** Runs this very program once more, at the public host, and ends as it does. Rejects with one sentence where that cannot be. */
export const goToPublicHost = async (): Promise<void> => {
  ensureLab()
  const unlock = await lock()
  await removeNamespaces()
  const host = await createNamespace(publicHost).catch((error: unknown) => {
    throw new Error(`This machine lets nobody make network namespaces, not even root, as containers mostly do: ${String(error)}`)
  })
  const [, program = '', ...words] = process.argv
  const child = host.start(program, words, { [sign]: '1' })
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  await removeNamespaces()
  unlock()
}

/** Throws one sentence when this machine, or who runs this, does not allow it; installs the small programs that are missing. */
const ensureLab = (): void => {
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

/** To be called at the public host. */
export const createLab = async (): Promise<Lab> => {
  if (!isAtPublicHost()) throw new Error('a lab is made at its public host')
  // Whoever sent this program here is gone, and nobody would clear away what it makes.
  process.once('disconnect', () => process.exit(1))
  process.channel?.unref()
  const street = await createNamespace('street')
  const scripts = await mkdtemp(join(tmpdir(), 'parley-lab-'))
  const cables = await createCables()
  const cablesLaid: Cable[] = []
  let settled = 0

  const connect = async (device: string): Promise<void> => {
    await street.ip(`link set ${device} master street`)
    await street.ip(`link set ${device} up`)
  }
  await street.ip('link add street type bridge')
  await street.ip('link set street up')
  await ip(`link add ${publicDevice} type veth peer name public-host netns ${street.name}`)
  await ip(`address add ${publicAddress}/24 dev ${publicDevice}`)
  await ip(`link set ${publicDevice} up`)
  await connect('public-host')

  const give = async (namespace: Namespace, device: string, address: string): Promise<void> => {
    await namespace.ip(`address add ${address}/24 dev ${device}`)
    await namespace.ip(`link set ${device} up`)
  }

  /** An address on the street of the next number. */
  const settle = (): { readonly number: number; readonly outside: string } => {
    settled += 1
    return { number: settled, outside: `203.0.113.${10 + settled}` }
  }

  /** A router between the street and a device of the namespace, which has an address there; the device's gateway. */
  const layBehind = async (kind: NatKind, inside: Namespace, device: string): Promise<string> => {
    const { number, outside } = settle()
    const router = await createNamespace(`router-${number}`)
    const [lan, computer] = [`192.168.${number}.1`, `192.168.${number}.2`]
    cablesLaid.push(await cables.lay({ namespace: inside, device }, { namespace: router, device: 'lan' }))
    await router.nft(routerRules(kind, computer))
    await router.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
    await give(router, 'lan', lan)
    await ip(`link add wan netns ${router.name} type veth peer name home-${number} netns ${street.name}`)
    await give(router, 'wan', outside)
    await give(inside, device, computer)
    await connect(`home-${number}`)
    return lan
  }

  const browserIn = async (inside: Namespace): Promise<string> => {
    const browser = join(scripts, `chromium-${inside.name}`)
    await writeFile(browser, `#!/bin/sh\nexec ip netns exec ${inside.name} ${findChromium() ?? 'chromium'} "$@"\n`)
    await chmod(browser, 0o755)
    return browser
  }

  return {
    async home(kind) {
      const inside = await createNamespace(`home-${settled + 1}`)
      if (kind === 'flat') {
        const { number, outside } = settle()
        cablesLaid.push(await cables.lay({ namespace: inside, device: 'eth0' }, { namespace: street, device: `home-${number}` }))
        await give(inside, 'eth0', outside)
        await inside.ip(`route add default via ${publicAddress}`)
        await connect(`home-${number}`)
      } else await inside.ip(`route add default via ${await layBehind(kind, inside, 'eth0')}`)
      return { kind, browser: await browserIn(inside), run: inside.run }
    },
    async traveller(kinds) {
      const inside = await createNamespace(`home-${settled + 1}`)
      const gateways: string[] = []
      for (const kind of kinds) gateways.push(await layBehind(kind, inside, `eth${gateways.length}`))
      const goTo: Traveller['goTo'] = async (uplink) => {
        for (const at of gateways.keys()) if (at !== uplink) await inside.ip(`link set eth${at} down`)
        if (uplink === undefined) return
        await inside.ip(`link set eth${uplink} up`)
        await inside.ip(`route replace default via ${gateways[uplink]}`)
      }
      await goTo(0)
      return { browser: await browserIn(inside), goTo }
    },
    async become(quality) {
      await Promise.all(cablesLaid.map((cable) => cable.become(halfOf(quality))))
    },
    async end() {
      cables.end()
      await removeNamespaces(publicHost)
      await rm(scripts, { recursive: true, force: true })
    },
  }
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

// `check ADDRESS`: does at a node, one after the other, what a page does there, and says in plain words what fails and what to do about it.
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { nodeAddressAt, nodeInfoFrom, webRtcDirectAddress } from '../src/core/wire/node-info.ts'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import { createCheckClient } from './check-client.ts'
import type { CheckClient } from './check-client.ts'
import { checkPage } from './check-page.ts'
import { patienceMs, step } from './check-step.ts'
import type { Finding } from './check-step.ts'
import { askStun } from './check-stun.ts'
import { targetFrom } from './check-target.ts'
import type { Target } from './check-target.ts'

/** Prints what it finds; resolves to the exit code: 0 when a page can use the node, 1 when not, 2 when the address is none. */
export const check = async (args: readonly string[]): Promise<number> => {
  const target = args.length === 1 ? targetFrom(args[0] ?? '') : undefined
  if (target === undefined) {
    process.stderr.write('Say which node: check https://node.example.org/ or check /dns/node.example.org/tcp/443/tls/ws/p2p/12D3Koo…\n')
    return 2
  }
  let failed = 0
  for await (const { step, kind, text, advice } of checkNode(target)) {
    if (kind === 'failed') failed++
    process.stdout.write(`${kind.padEnd(8)}${step}: ${text}\n${advice === undefined ? '' : `${' '.repeat(8)}→ ${advice}\n`}`)
  }
  process.stdout.write(failed === 0 ? 'A page can use this node.\n' : `${failed} of the steps failed.\n`)
  return failed === 0 ? 0 : 1
}

/** Every step's finding, as soon as there is one. A step that needs a former one that failed is left out. */
export async function* checkNode(target: Target): AsyncGenerator<Finding> {
  let info: NodeInfo | undefined
  const advice = (text: string): string =>
    text.includes('certificate')
      ? 'Browsers refuse this certificate. It must be for this name, from somebody they trust, with all of its chain, and not over.'
      : `Is it running, and does the firewall let TCP port ${target.port} in?`
  const asked = await step('node', advice, async () => {
    const response = await fetch(`${target.url}/parley.json`, { signal: AbortSignal.timeout(patienceMs) })
    info = response.ok ? nodeInfoFrom(await response.json()) : undefined
    if (info === undefined) throw new Error(`something else answers at ${target.url} (status ${response.status})`)
    return `peer ${info.peer}`
  })
  // Who was given a WebRTC-direct address may not know where its page is.
  yield target.direct !== undefined && asked.kind === 'failed' ? { ...asked, kind: 'warning' } : asked
  if (target.direct === undefined) yield* checkPage(target)

  const peer = target.peer ?? info?.peer
  if (peer === undefined) return
  if (info !== undefined && info.peer !== peer) {
    yield {
      step: 'identity',
      kind: 'failed',
      text: `it is ${info.peer}, not ${peer}`,
      advice: 'Its data folder was lost: give people the new address.',
    }
    return
  }
  if (target.direct === undefined) {
    const webSocket = nodeAddressAt({ peer, stun: false, nodes: [] }, target)
    yield* checkWay('WebSocket', webSocket, 'A proxy before the node must pass WebSockets through (Upgrade and Connection headers).')
  }
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const udpPort = String(info?.udpPort ?? target.port)
  const direct = target.direct ?? (info?.certhash === undefined ? undefined : await directAddress(host, udpPort, info.certhash, peer))
  const openUdp = `Let UDP port ${udpPort} in. Without it pages reach the node over its certificate only, and people connect less often.`
  if (direct !== undefined)
    for await (const finding of checkWay('WebRTC-direct', direct, openUdp))
      // A node with a certificate is of use without.
      yield finding.kind === 'failed' && target.direct === undefined ? { ...finding, kind: 'warning' } : finding
  if (info?.stun === false)
    yield {
      step: 'STUN',
      kind: 'warning',
      text: 'the node has none',
      advice:
        'Its UDP port was taken when it started, or it listens on its own machine alone. People on different networks connect less often.',
    }
  else {
    const stun = await step('STUN', openUdp, async () => {
      await askStun(host, udpPort, 3_000)
      return 'answers'
    })
    // A chat goes on without; so it is no failure.
    yield stun.kind === 'failed' ? { ...stun, kind: 'warning' } : stun
  }
}

/** All that two pages do at a node that they reach by one address. */
async function* checkWay(name: string, address: string, advice: string): AsyncGenerator<Finding> {
  const clients: CheckClient[] = []
  try {
    const [alice, bob] = [await createCheckClient(address), await createCheckClient(address)]
    clients.push(alice, bob)
    const dialled = await step(name, advice, async () => {
      const ms = await alice.connect(AbortSignal.timeout(patienceMs))
      await bob.connect(AbortSignal.timeout(patienceMs))
      return `connected and encrypted in ${ms} ms`
    })
    yield dialled
    if (dialled.kind === 'failed') return
    // Nodes of others do without.
    const about = await step('information', '', () => alice.about())
    yield about.kind === 'failed' ? { step: about.step, kind: 'warning', text: 'the node says nothing of itself' } : about
    const reserved = await step(
      'relay slot',
      'The node may be full, or its limits count everybody behind your proxy as one: see --trusted-proxy.',
      async () => {
        await alice.reserve()
        return 'held'
      },
    )
    yield reserved
    if (reserved.kind === 'ok')
      yield await step(
        'relayed link',
        'Look at the log of the node.',
        async () => `carries data, there and back in ${await bob.pingThrough(alice.peer)} ms`,
      )
    yield await step('rendezvous', 'Look at the log of the node.', async () => {
      const word = crypto.randomUUID()
      await alice.register(word)
      const found = await bob.discover(word)
      if (found !== 1) throw new Error(`registered, but ${found} found`)
      return 'registered, and found by another'
    })
  } finally {
    await Promise.all(clients.map((client) => client.stop()))
  }
}

/** Browsers look up no names for WebRTC-direct; people are given the number. */
const directAddress = async (host: string, port: string, certhash: string, peer: string): Promise<string | undefined> => {
  const found = await lookup(host).catch(() => undefined)
  return found && webRtcDirectAddress(`/${isIPv6(found.address) ? 'ip6' : 'ip4'}/${found.address}`, port, certhash, peer)
}

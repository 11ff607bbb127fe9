// `check ADDRESS`: does at a node, one after the other, what a page does there, and says in plain words what fails and what to do about it.
import { nodeAddressAt, nodeInfoFrom } from '../src/core/wire/node-info.ts'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import { createCheckClient } from './check-client.ts'
import type { CheckClient } from './check-client.ts'
import { askStun } from './check-stun.ts'
import { targetFrom } from './check-target.ts'
import type { Target } from './check-target.ts'
import { securityHeaders } from './security-headers.ts'

/** How one step went; `advice` says what to do when it did not. `warning` is for what works, but not for everybody. */
export interface Finding {
  readonly step: string
  readonly kind: 'ok' | 'warning' | 'failed'
  readonly text: string
  readonly advice?: string
}

/** Milliseconds for one step. */
const patienceMs = 15_000

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
  yield await step('node', `Is it running, and does the firewall let TCP port ${target.port} in?`, async () => {
    const response = await fetch(`${target.url}/parley.json`, { signal: AbortSignal.timeout(patienceMs) })
    info = response.ok ? nodeInfoFrom(await response.json()) : undefined
    if (info === undefined) throw new Error(`something else answers at ${target.url} (status ${response.status})`)
    return `peer ${info.peer}`
  })
  yield* checkPage(target)

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
  const address = nodeAddressAt({ peer, stun: false, nodes: [] }, target)
  const clients: CheckClient[] = []
  try {
    const [alice, bob] = [await createCheckClient(address), await createCheckClient(address)]
    clients.push(alice, bob)
    const dialled = await step(
      'WebSocket',
      'A proxy before the node must pass WebSockets through (Upgrade and Connection headers).',
      async () => {
        const ms = await alice.connect()
        await bob.connect()
        return `connected and encrypted in ${ms} ms`
      },
    )
    yield dialled
    if (dialled.kind === 'failed') return
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
      const name = crypto.randomUUID()
      await alice.register(name)
      const found = await bob.discover(name)
      if (found !== 1) throw new Error(`registered, but ${found} found`)
      return 'registered, and found by another'
    })
  } finally {
    await Promise.all(clients.map((client) => client.stop()))
  }

  if (info?.stun === false)
    yield {
      step: 'STUN',
      kind: 'warning',
      text: 'the node has none',
      advice: 'Its UDP port was taken when it started. People on different networks connect less often.',
    }
  else {
    const stun = await step(
      'STUN',
      `Let UDP port ${target.port} in. Without it people on different networks connect less often.`,
      async () => {
        await askStun(target.hostname.replace(/^\[|\]$/g, ''), target.port, 3_000)
        return 'answers'
      },
    )
    // A chat goes on without; so it is no failure.
    yield stun.kind === 'failed' ? { ...stun, kind: 'warning' } : stun
  }
}

async function* checkPage(target: Target): AsyncGenerator<Finding> {
  const response = await fetch(`${target.url}/`, { redirect: 'follow', signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined)
  // The first step has said so.
  if (response === undefined) return
  const text = await response.text()
  if (response.status === 404) return yield { step: 'page', kind: 'ok', text: 'none is served here' }
  if (response.status !== 200)
    return yield {
      step: 'page',
      kind: 'failed',
      text: `status ${response.status}: ${text.slice(0, 100).trim()}`,
      advice: 'Build it, or start with --no-page.',
    }
  const wrong = Object.entries(securityHeaders).filter(([name, value]) => response.headers.get(name) !== value)
  yield wrong.length === 0
    ? { step: 'page', kind: 'ok', text: 'comes with every header of its policy' }
    : {
        step: 'page',
        kind: 'failed',
        text: `other headers than it should have: ${wrong.map(([name]) => name).join(', ')}`,
        advice: 'A proxy before the node must not change or add these.',
      }
  const local = /^(localhost|127\.|\[::1\])/.test(target.hostname)
  if (target.protocol === 'http:' && !local && new URL(response.url).protocol === 'http:')
    yield {
      step: 'https',
      kind: 'warning',
      text: 'browsers give a page what it needs only over https',
      advice: 'Put a proxy with a certificate before the node (see samples), or use --tls-cert and --tls-key.',
    }
}

const step = async (name: string, advice: string, run: () => Promise<string>): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs)
  })
  try {
    return { step: name, kind: 'ok', text: await Promise.race([run(), late]) }
  } catch (error) {
    return { step: name, kind: 'failed', text: reasonOf(error), advice }
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner instanceof Error && inner.message !== '' ? inner.message : error.message
}

// Parley's node: discovery, a relay of last resort, and the page. It holds no message and logs no address.
//   node bootstrap-node/main.ts --help
import { setFlagsFromString } from 'node:v8'
import { nodeAddressAt } from '../src/core/wire/node-info.ts'
import { addressesOf, ownHosts, shareLink } from './addresses.ts'
import { createLog } from './log.ts'
import { readConfig } from './config.ts'
import { startNode } from './node.ts'
import { usage } from './usage.ts'
import { welcomeText } from './welcome.ts'

// The young garbage of a node is little, and several threads that collect it together wait for each other where others want the cores too:
// half of the time for it, and of the event loop's delay, on a busy machine with two (measured).
setFlagsFromString('--no-parallel-scavenge')

const args = process.argv.slice(2)
if (args[0] === 'check') {
  const { check } = await import('./check.ts')
  process.exit(await check(args.slice(1)))
}
if (args[0] === 'invite') {
  const { invite } = await import('./invite.ts')
  process.exit(await invite(args.slice(1)))
}
const config = readConfig(args)
if ('help' in config) {
  process.stdout.write(usage)
  process.exit(0)
}
if ('problem' in config) {
  process.stderr.write(`${config.problem}\n\n${usage}`)
  process.exit(2)
}

const log = createLog(config.logLevel, process.stderr.isTTY)

const node = await startNode(config, (warning) => log.warn(warning)).catch((error: unknown) => {
  process.stderr.write(`The node could not start: ${explain(error)}\n`)
  process.exit(1)
})

const scheme = config.tls === undefined ? 'http' : 'https'
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
const { port, peer, version, stun, certhash } = node
const autoTlsUrl = node.autoTlsUrl()
const addresses = [
  ...(autoTlsUrl === undefined ? [] : [nodeAddressAt({ peer, stun, nodes: [] }, new URL(autoTlsUrl))]),
  ...addressesOf(config, { peer, port, certhash: stun ? certhash : undefined }),
]
if (process.stdout.isTTY) {
  const url = `${autoTlsUrl ?? config.publicUrl ?? `${scheme}://${bracketed(ownHosts(config.host)[0] ?? 'localhost')}:${port}`}/`
  const share = shareLink(config, addresses, url)
  const { data, page, name, contact } = config
  const { values, changed } = node.limits
  process.stdout.write(
    welcomeText(
      {
        name,
        contact,
        version,
        peer,
        share,
        check: config.page === undefined ? (addresses[0] ?? url) : url,
        addresses,
        stun,
        port,
        data,
        page,
        limits: values,
        changedLimits: changed(),
      },
      process.stdout.columns,
    ),
  )
}
const shownHost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.host) ? 'localhost' : bracketed(config.host)
process.stdout.write(`Parley is ready at ${scheme}://${shownHost}:${node.port}/\n`)
log.info({ port: node.port, peer: node.peer, stun: node.stun, data: config.data, page: config.page }, 'started')

let stopping = false
const stop = async (signal: NodeJS.Signals): Promise<void> => {
  // Who asks twice does not want to wait.
  if (stopping) process.exit(0)
  stopping = true
  log.info({ signal }, 'stopping')
  try {
    if (signal === 'SIGTERM') await node.drain()
    // Whatever hangs is not worth waiting for: everything that counts is in memory of the pages.
    setTimeout(() => process.exit(0), 4_000).unref()
    await node.stop()
    process.exit(0)
  } catch (error) {
    log.error({ error: explain(error) }, 'did not stop cleanly')
    process.exit(1)
  }
}
// What goes wrong with one connection, somewhere in a library, must not end all others. (An exception that nobody catches still does.)
process.on('unhandledRejection', (error) => log.error({ error: explain(error) }, 'a promise failed'))
process.on('SIGTERM', (signal) => void stop(signal))
process.on('SIGINT', (signal) => void stop(signal))
process.on('SIGHUP', () => {
  node.reload().then(
    () => log.info({ changed: node.limits.changed() }, 'limits and lists were read again'),
    (error: unknown) => log.error({ error: explain(error) }, 'not everything could be read again'),
  )
})

if (config.selfTest) {
  const { testedLine, testOwnAddresses } = await import('./self-test.ts')
  const publicAddress = (autoTlsUrl ?? config.publicUrl) === undefined ? undefined : addresses[0]
  for await (const tested of testOwnAddresses(addresses, publicAddress)) {
    const { transport, address, kind, text } = tested
    if (process.stdout.isTTY) process.stdout.write(testedLine(tested))
    else log[kind === 'ok' ? 'info' : 'warn']({ transport, address }, text)
  }
}

function explain(error: unknown): string {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) }
  const port = 'port' in config ? config.port : ''
  if (code === 'EADDRINUSE' || message.includes('EADDRINUSE')) return `port ${port} is taken. Choose another with --port.`
  if (code === 'EACCES') return `no permission (${message}).`
  return message
}

// Parley's node: discovery, a relay of last resort, and the page. It holds no message and logs no address.
//   node bootstrap-node/main.ts --help
import pino from 'pino'
import { readConfig, usage } from './config.ts'
import { startNode } from './node.ts'

const config = readConfig(process.argv.slice(2))
if ('help' in config) {
  process.stdout.write(usage)
  process.exit(0)
}
if ('problem' in config) {
  process.stderr.write(`${config.problem}\n\n${usage}`)
  process.exit(2)
}

// The log goes to standard error, so that standard output holds only what people wait for.
const log = pino({ level: config.logLevel, base: null }, pino.destination(2))

const node = await startNode(config).catch((error: unknown) => {
  process.stderr.write(`The node could not start: ${explain(error)}\n`)
  process.exit(1)
})
const shownHost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.host) ? 'localhost' : config.host
process.stdout.write(`Parley is ready at http://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${node.port}/\n`)
log.info({ port: node.port, peer: node.peer, stun: node.stun, data: config.data, page: config.page }, 'started')

let stopping = false
const stop = (signal: NodeJS.Signals): void => {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  // Whatever hangs is not worth waiting for: everything that counts is in memory of the pages.
  setTimeout(() => process.exit(0), 5_000).unref()
  void node.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ error: explain(error) }, 'did not stop cleanly')
      process.exit(1)
    },
  )
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

function explain(error: unknown): string {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) }
  const port = 'port' in config ? config.port : ''
  if (code === 'EADDRINUSE' || message.includes('EADDRINUSE')) return `port ${port} is taken. Choose another with --port.`
  if (code === 'EACCES') return `no permission (${message}).`
  return message
}

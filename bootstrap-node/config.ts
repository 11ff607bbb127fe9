// What the operator may choose, from the command line. A mistake is told in one sentence.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { publicServices } from './auto-tls-services.ts'
import type { AutoTlsServices } from './auto-tls-services.ts'
import { cidrFrom } from './cidr.ts'
import { folderOfData } from './usage.ts'

export interface NodeConfig {
  /** TCP port of page and relay, and UDP port of STUN; 0 takes a free one. */
  readonly port: number
  /** Address to listen on; `::` takes IPv4 as well. */
  readonly host: string
  /** Folder of the identity, created with mode 0700. */
  readonly data: string
  /** Folder of the built page, or `undefined` to serve none. */
  readonly page: string | undefined
  /** Lines of the log: `silent` to `trace`. No level names an address. */
  readonly logLevel: string
  /** What the operator calls the node. */
  readonly name: string
  /** How to reach the operator, in their words; empty when they would rather not say. */
  readonly contact: string
  /** The address that people use when it is not the machine's own: `https://node.example.org`, without a slash at the end. */
  readonly publicUrl: string | undefined
  /** A page over https elsewhere, which the printed link opens with this node added; without a slash at the end. */
  readonly appUrl: string | undefined
  /** CIDRs of reverse proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** Certificate chain and key in PEM; both or none. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  /** Who may be asked for a certificate; nobody unless the operator agreed. */
  readonly autoTls: AutoTlsServices | undefined
  /** Files of peers and CIDRs, one a line; with `allow` nobody else is let in. */
  readonly deny: string | undefined
  readonly allow: string | undefined
  /** Whether only devices that came with an invite are let in. */
  readonly inviteOnly: boolean
  /** JSON file that changes some of the limits. */
  readonly limits: string | undefined
  /** Where metrics are told besides this machine itself. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Whether it tries its own addresses at the start. */
  readonly selfTest: boolean
}

/** The configuration, or a sentence on what is wrong with the arguments, or the wish for help. */
export const readConfig = (args: readonly string[]): NodeConfig | { readonly problem: string } | { readonly help: true } => {
  const parsed = parse(args)
  if (typeof parsed === 'string') return { problem: parsed }
  if (parsed.help) return { help: true }
  const port = Number(parsed.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return { problem: `--port must be a number from 0 to 65535, not "${parsed.port}".` }
  const trustedProxies = (parsed['trusted-proxy'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const wrong = trustedProxies.find((part) => cidrFrom(part) === undefined)
  if (wrong !== undefined) return { problem: `--trusted-proxy takes addresses like 10.0.0.0/8, not "${wrong}".` }
  const cert = parsed['tls-cert']
  const key = parsed['tls-key']
  if ((cert === undefined) !== (key === undefined)) return { problem: '--tls-cert and --tls-key belong together.' }
  const autoTls = parsed['auto-tls']
  if (autoTls !== undefined && autoTls !== 'agree') return { problem: autoTlsMeans }
  if (autoTls !== undefined && cert !== undefined) return { problem: '--auto-tls and --tls-cert are two ways to the same: choose one.' }
  if (autoTls !== undefined && (parsed['invite-only'] || parsed.allow !== undefined))
    return { problem: '--auto-tls does not go with --invite-only or --allow: the service has to be let in to see that the node is there.' }
  const publicUrl = parsed['public-url']
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#]+\/?$/.test(publicUrl))
    return { problem: `--public-url must look like https://node.example.org, not "${publicUrl}".` }
  const appUrl = parsed['app-url']
  if (appUrl !== undefined && !/^https:\/\/[^?#]+$/.test(appUrl))
    return { problem: `--app-url must look like https://app.example.org, not "${appUrl}".` }
  if (!levels.includes(parsed.log)) return { problem: `--log must be one of ${levels.join(', ')}, not "${parsed.log}".` }
  const metrics = parsed['metrics-host'] === undefined ? undefined : hostAndPort(parsed['metrics-host'])
  if (parsed['metrics-host'] !== undefined && metrics === undefined)
    return { problem: `--metrics-host must look like 10.0.0.5 or 10.0.0.5:9464, not "${parsed['metrics-host']}".` }
  return {
    port,
    host: parsed.host,
    data: resolve(parsed.data ?? folderOfData()),
    page: parsed['no-page'] ? undefined : resolve(parsed.page),
    logLevel: parsed.log,
    name: parsed.name,
    contact: parsed.contact,
    publicUrl: publicUrl?.replace(/\/$/, ''),
    appUrl: appUrl?.replace(/\/$/, ''),
    trustedProxies,
    tls: cert === undefined || key === undefined ? undefined : { cert: resolve(cert), key: resolve(key) },
    autoTls: autoTls === undefined ? undefined : publicServices,
    deny: file(parsed.deny),
    allow: file(parsed.allow),
    inviteOnly: parsed['invite-only'],
    limits: file(parsed.limits),
    metrics,
    selfTest: !parsed['no-self-test'],
  }
}

const autoTlsMeans =
  "--auto-tls takes one word: agree. It says that libp2p's public service at libp2p.direct may learn this node's address and peer id, that " +
  "the peer id stands in public logs of certificates for ever, and that you agree to Let's Encrypt's terms (https://letsencrypt.org/repository/)."
const levels: readonly string[] = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']
const file = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path))

/** `10.0.0.5`, `10.0.0.5:9464`, `::1` or `[::1]:9464`. */
const hostAndPort = (text: string): { readonly host: string; readonly port: number } | undefined => {
  if (isIP(text) !== 0) return { host: text, port: metricsPort }
  const parts = /^(?:\[([^\]]+)\]|([\d.]+|localhost))(?::(\d+))?$/.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3] ?? metricsPort)
  return host === undefined || port > 65_535 ? undefined : { host, port }
}

/** Where Prometheus expects exporters of no number of their own. */
const metricsPort = 9464

/** Characters of one argument: no path is longer, and `parseArgs` is quadratic in a row of short options. */
const longestArgument = 4_096

const parse = (args: readonly string[]) => {
  const long = args.find((arg) => arg.length > longestArgument)
  if (long !== undefined) return `"${long.slice(0, 20)}..." has more than ${longestArgument} characters.`
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '0.0.0.0' },
        data: { type: 'string' },
        page: { type: 'string', default: fileURLToPath(new URL('../dist', import.meta.url)) },
        'no-page': { type: 'boolean', default: false },
        log: { type: 'string', default: 'info' },
        name: { type: 'string', default: 'Parley node' },
        contact: { type: 'string', default: '' },
        'public-url': { type: 'string' },
        'app-url': { type: 'string' },
        'trusted-proxy': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'auto-tls': { type: 'string' },
        deny: { type: 'string' },
        allow: { type: 'string' },
        'invite-only': { type: 'boolean', default: false },
        limits: { type: 'string' },
        'metrics-host': { type: 'string' },
        'no-self-test': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Whoever leaves the word out shall read what it stands for.
    return message.startsWith("Option '--auto-tls") ? autoTlsMeans : message
  }
}

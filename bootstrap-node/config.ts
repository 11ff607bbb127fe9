// What the operator may choose, from the command line. A mistake is told in one sentence.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

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
}

export const usage = `Usage: node bootstrap-node/main.ts [options]

  --port NUMBER     port of the page, the relay (TCP) and STUN (UDP); 0 takes a free one   [8080]
  --host ADDRESS    address to listen on                                                  [0.0.0.0]
  --data DIR        where the node keeps its identity                                     [${defaultData()}]
  --page DIR        folder of the built page                                              [dist]
  --no-page         serve no page
  --log LEVEL       silent, error, warn, info or debug                                    [info]
  --help            this text
`

/** The configuration, or a sentence on what is wrong with the arguments, or the wish for help. */
export const readConfig = (args: readonly string[]): NodeConfig | { readonly problem: string } | { readonly help: true } => {
  const parsed = parse(args)
  if (typeof parsed === 'string') return { problem: parsed }
  if (parsed.help) return { help: true }
  const port = Number(parsed.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return { problem: `--port must be a number from 0 to 65535, not "${parsed.port}".` }
  return {
    port,
    host: parsed.host,
    data: resolve(parsed.data ?? defaultData()),
    page: parsed['no-page'] ? undefined : resolve(parsed.page),
    logLevel: parsed.log,
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '0.0.0.0' },
        data: { type: 'string' },
        page: { type: 'string', default: 'dist' },
        'no-page': { type: 'boolean', default: false },
        log: { type: 'string', default: 'info' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function defaultData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'parley-node')
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'parley-node')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'parley-node')
}

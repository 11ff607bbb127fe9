// What an operator reads first, on a terminal: who the node is, how people reach it, where its data is and what it allows.
import { renderUnicodeCompact } from 'uqr'
import type { Limits } from './limits.ts'

export interface Welcome {
  readonly name: string
  readonly contact: string
  readonly version: string
  readonly peer: string
  /** The link that people open; without a page, the address that a page is told. */
  readonly share: string
  /** What to check from elsewhere. */
  readonly check: string
  /** Multiaddrs with peer ids. */
  readonly addresses: readonly string[]
  readonly stun: boolean
  readonly port: number
  readonly data: string
  readonly page: string | undefined
  readonly limits: Limits
  readonly changedLimits: readonly string[]
}

/** The text, with a QR code of the link; `width` is the terminal's, in characters. */
export const welcomeText = (node: Welcome, width = 80): string => {
  const { limits } = node
  const code = renderUnicodeCompact(node.share, { border: 1 })
  const row = (name: string, text: string): string => `  ${name.padEnd(10)}${text}`
  return [
    '',
    `  ${node.name}: a Parley node, version ${node.version}`,
    '',
    ...((code.split('\n')[0] ?? '').length + 2 <= width ? [code.replace(/^/gm, '  '), ''] : []),
    row('share', node.share),
    ...node.addresses.map((address, index) => row(index === 0 ? 'addresses' : '', address)),
    row(
      'UDP',
      node.stun
        ? `port ${node.port}: WebRTC-direct and STUN`
        : `none: port ${node.port} is taken, so pages on https need a certificate here, and people connect less often`,
    ),
    row('peer id', node.peer),
    ...(node.contact === '' ? [] : [row('contact', node.contact)]),
    row('data', `${node.data} (keep it: it holds what makes the address)`),
    row('page', node.page ?? 'none'),
    row('limits', `${limits.connections} connections (${limits.connectionsPerSubnet} per address), ${limits.reservations} relay slots`),
    row('', `(${limits.reservationsPerSubnet} per address); a relayed link carries ${mebibytes(Number(limits.relayedLinkBytes))} in`),
    row(
      '',
      `${Math.round(limits.relayedLinkMs / 60_000)} minutes, ${mebibytes(limits.relayedLinkBytesPerSecond)}/s; all links ${mebibytes(limits.relayedBytesPerSecond)}/s`,
    ),
    ...(node.changedLimits.length === 0 ? [] : [row('', `changed by you: ${node.changedLimits.join(', ')}`)]),
    row('firewall', `let TCP and UDP port ${node.port} in; try it from elsewhere with: npm run node -- check ${node.check}`),
    '',
    '',
  ].join('\n')
}

const mebibytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`

// Whether the node that served this page is up, asked over HTTP. Chromium makes WebSockets wait longer and longer (up to 5 s each) at a host
// where many failed of late; a plain request is never made to wait. So after a long outage this is how a page sees at once that its node
// is back. Of other nodes the page's policy lets nothing be asked: they are simply dialled.
import { multiaddr } from '@multiformats/multiaddr'

/** Milliseconds for an answer. */
const answerDeadlineMs = 3_000

/** `undefined` when `node` (a multiaddr) is not the one that served this page. */
export const isOwnNodeUp = async (node: string): Promise<boolean | undefined> => {
  if (!isOwn(node)) return undefined
  try {
    const response = await fetch('/healthz', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(answerDeadlineMs) })
    // Any answer will do but a proxy's that nobody is behind it: not every host passes this path on.
    return ![502, 503, 504].includes(response.status)
  } catch {
    return false
  }
}

const isOwn = (node: string): boolean => {
  const { location } = globalThis as { readonly location?: Location }
  const [host, port] = multiaddr(node).getComponents()
  if (location === undefined || host?.value === undefined || port?.name !== 'tcp') return false
  const ownPort = location.port || (location.protocol === 'https:' ? '443' : '80')
  return location.hostname.replace(/^\[|\]$/g, '') === host.value && ownPort === port.value
}

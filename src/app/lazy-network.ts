// libp2p is most of the page's code and none of what a person sees first: it comes when it is wanted.
import type { Network } from '../ports/network.ts'
import type { loadConfig, PageConfig } from './config.ts'
import { onlineOrAfter } from './online-or-after.ts'

/** Milliseconds until code that did not come is asked for again: doubled each time, at most the last. */
const againMs = 1_000
const againAtMostMs = 30_000

/**
 * A network that is there at once, and real once it is wanted and its code has come. Calls are kept in order until then. `ask` is how the
 * page's host is asked for its nodes (see `loadConfig`).
 */
export const createLazyNetwork = (ask: typeof loadConfig, wanted: Promise<void>): Network => {
  let isWanted = false
  /** What the host said last, and what else was to be used then. */
  let host: PageConfig = { nodes: [], stunUrls: [] }
  let others: readonly string[] = []
  let hearsay: readonly string[] = []
  const config = ask((late) => {
    host = late
    void loaded.then((network) => network.useNodes([...host.nodes, ...others], hearsay))
  }).then((first) => {
    host = first
  })
  const loaded = wanted.then(async () => {
    isWanted = true
    const [{ createLibp2pNetwork }] = await Promise.all([comes(() => import('../adapters/network-libp2p/index.ts')), config])
    // A page that came over plain http may reach its own node the same way; any other only over TLS.
    return createLibp2pNetwork({ stunUrls: () => host.stunUrls, insecureNodes: location.protocol === 'http:' })
  })
  const later = (call: (network: Network) => void): void => void loaded.then(call)
  return {
    listen: (listener) => later((network) => network.listen(listener)),
    start: async (options) => {
      others = options.nodes
      const network = await loaded
      return network.start({ ...options, nodes: [...host.nodes, ...others] })
    },
    // What was never wanted need not come to be stopped.
    stop: async () => (isWanted ? (await loaded).stop() : undefined),
    useNodes: (...nodes) => {
      ;[others, hearsay = []] = nodes
      later((network) => network.useNodes([...host.nodes, ...others], hearsay))
    },
    tryNode: (address) => later((network) => network.tryNode(address)),
    offerByHand: async () => (await loaded).offerByHand(),
    takeByHand: async (text) => (await loaded).takeByHand(text),
    want: (devices) => later((network) => network.want(devices)),
    allowDirect: (devices) => later((network) => network.allowDirect(devices)),
    announce: (tags) => later((network) => network.announce(tags)),
    seek: (tags) => later((network) => network.seek(tags)),
    send: async (device, frame) => (await loaded).send(device, frame),
    close: (device) => later((network) => network.close(device)),
    renew: (device) => later((network) => network.renew(device)),
    subscribe: (topics) => later((network) => network.subscribe(topics)),
    publish: async (topic, bytes) => (await loaded).publish(topic, bytes),
  }
}

/** On a network that changes just now the browser gives up whatever it was loading, and nobody would be reached until the page is loaded again. */
const comes = async <T>(code: () => Promise<T>, waitMs = againMs): Promise<T> => {
  try {
    return await code()
  } catch {
    await onlineOrAfter(waitMs)
    return comes(code, Math.min(2 * waitMs, againAtMostMs))
  }
}

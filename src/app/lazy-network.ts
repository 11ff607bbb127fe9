// libp2p is most of the page's code and none of what a person sees first: it comes when it is wanted.
import type { Network } from '../ports/network.ts'
import type { PageConfig } from './config.ts'

/** A network that is there at once, and real once it is wanted and its code has come. Calls are kept in order until then. */
export const createLazyNetwork = (config: Promise<PageConfig>, wanted: Promise<void>): Network => {
  let isWanted = false
  const loaded = wanted.then(() => {
    isWanted = true
    return load(config)
  })
  const later = (call: (network: Network) => void): void => void loaded.then(call)
  return {
    listen: (listener) => later((network) => network.listen(listener)),
    start: async (options) => (await loaded).start({ ...options, nodes: [...(await config).nodes, ...options.nodes] }),
    // What was never wanted need not come to be stopped.
    stop: async () => (isWanted ? (await loaded).stop() : undefined),
    useNodes: (nodes) => void Promise.all([loaded, config]).then(([network, own]) => network.useNodes([...own.nodes, ...nodes])),
    tryNode: (address) => later((network) => network.tryNode(address)),
    offerByHand: async () => (await loaded).offerByHand(),
    takeByHand: async (text) => (await loaded).takeByHand(text),
    want: (devices) => later((network) => network.want(devices)),
    allowDirect: (devices) => later((network) => network.allowDirect(devices)),
    announce: (tags) => later((network) => network.announce(tags)),
    seek: (tags) => later((network) => network.seek(tags)),
    send: async (device, frame) => (await loaded).send(device, frame),
    close: (device) => later((network) => network.close(device)),
    subscribe: (topics) => later((network) => network.subscribe(topics)),
    publish: async (topic, bytes) => (await loaded).publish(topic, bytes),
  }
}

const load = async (config: Promise<PageConfig>): Promise<Network> => {
  const [{ createLibp2pNetwork }, { stunUrls }] = await Promise.all([import('../adapters/network-libp2p/index.ts'), config])
  // A page that came over plain http may reach its own node the same way; any other only over TLS.
  return createLibp2pNetwork({ stunUrls: () => stunUrls, insecureNodes: location.protocol === 'http:' })
}

// The engine: services, store and cryptography off the page's thread. The page keeps the network, because browsers give
// RTCPeerConnection to windows only, and lends it to this worker through a port.
import { expose, proxy } from 'comlink'
import { createHpke } from '../adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../adapters/cipher-hpke/signer.ts'
import { createWebCryptoKeyVault } from '../adapters/key-vault-webcrypto/webcrypto-key-vault.ts'
import { createWebLocksLeadership } from '../adapters/leadership-web-locks/web-locks-leadership.ts'
import { createIndexedDbStore, type IndexedDbStore } from '../adapters/store-indexeddb/indexeddb-store.ts'
import { createSystemClock } from '../adapters/system/clock.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import { hpkeSuites } from '../ports/cipher.ts'
import type { Network } from '../ports/network.ts'
import type { Live } from '../ports/live.ts'
import type { SessionView } from '../ports/queries.ts'
import { createMessenger, type Messenger } from '../services/messenger.ts'
import type { EngineApi, EngineConfig } from './engine-api.ts'

/** The names of this origin's database, vault and lock. */
const name = 'parley'

const open = async (config: EngineConfig, network: Network): Promise<Messenger & Pick<IndexedDbStore, 'recheck'>> => {
  const random = createSystemRandom()
  const vault = createWebCryptoKeyVault({ name: `${name}-vault`, random })
  const vaultKey = await vault.unlock()
  if (typeof vaultKey === 'string') throw new Error(vaultKey)
  const store = await createIndexedDbStore({ name, vaultKey, random })
  const messenger = createMessenger({
    store,
    network: lent(network),
    signer: createSigner(),
    hpke: createHpke(),
    clock: createSystemClock(),
    random,
    config: { ...config, nodes: [], suite: hpkeSuites.xWing },
    erase: async () => {
      await messenger.stop()
      await store.destroy()
      await vault.erase()
    },
  })
  createWebLocksLeadership({ name }).campaign(() => void messenger.start())
  return { ...messenger, recheck: store.recheck }
}

/** The page's network, with callbacks that survive the way there. */
const lent = (network: Network): Network => ({
  listen: (listener) => network.listen(proxy(listener)),
  start: (options) => network.start(options),
  stop: () => network.stop(),
  useNodes: (nodes, hearsay) => network.useNodes(nodes, hearsay),
  tryNode: (address) => network.tryNode(address),
  offerByHand: () => network.offerByHand(),
  takeByHand: (text) => network.takeByHand(text),
  want: (devices) => network.want(devices),
  allowDirect: (devices) => network.allowDirect(devices),
  announce: (tags) => network.announce(tags),
  seek: (tags) => network.seek(tags),
  send: (device, frame) => network.send(device, frame),
  close: (device) => network.close(device),
  renew: (device) => network.renew(device),
  subscribe: (topics) => network.subscribe(topics),
  publish: (topic, bytes) => network.publish(topic, bytes),
})

const engine = (): EngineApi => {
  const opened = Promise.withResolvers<Awaited<ReturnType<typeof open>>>()
  // Whoever subscribes is told in words; nobody else needs to hear of it.
  opened.promise.catch(() => undefined)
  const endings = new Map<number, () => void>()
  let subscriptions = 0

  return {
    open: async (config, network) => {
      try {
        opened.resolve(await open(config, network))
      } catch (error) {
        opened.reject(error)
      }
    },
    command: async (command, args) => {
      const { commands } = await opened.promise
      return (commands[command] as (...given: typeof args) => never)(...args)
    },
    subscribe: async (query, args, next) => {
      const subscription = ++subscriptions
      try {
        const { queries } = await opened.promise
        const live = (queries[query] as (...given: typeof args) => Live<unknown>)(...args)
        endings.set(subscription, live.subscribe(next))
      } catch {
        if (query === 'session') next({ kind: 'broken', reason: 'forbidden' } satisfies SessionView)
      }
      return subscription
    },
    unsubscribe: async (subscription) => {
      endings.get(subscription)?.()
      endings.delete(subscription)
    },
    recheck: async () => (await opened.promise).recheck(),
  }
}

expose(engine())

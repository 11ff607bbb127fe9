// A person without a page, in Node: the same services, cipher and network as in the browser; only the database is in memory. What passes the
// network's port is counted.
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../../src/adapters/cipher-hpke/signer.ts'
import { createLibp2pNetwork } from '../../src/adapters/network-libp2p/index.ts'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { createSystemClock } from '../../src/adapters/system/clock.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import type { ConversationId } from '../../src/core/ids.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'
import type { Network } from '../../src/ports/network.ts'
import type { Commands } from '../../src/ports/commands.ts'
import { createMessenger } from '../../src/services/messenger.ts'

export interface Peer {
  /** Whatever a page could ask for. */
  readonly commands: Commands
  stop(): Promise<void>
  /** Settles with the milliseconds until one was let in; speaks there from then on. */
  join(link: string): Promise<number>
  /** Speaks in this conversation from now on, and sees what is said there. */
  enter(conversation: ConversationId): void
  say(text: string): Promise<void>
  /** When each text in brackets was first seen here: milliseconds since 1970. */
  readonly seen: Record<string, number>
  /** How many devices one is linked with now, and at most since `forget`; bytes handed to the network since then. */
  count(): { readonly links: number; readonly most: number; readonly bytes: number }
  forget(): void
}

/** Comes online at a node by its address and its STUN server. */
export const createPeer = async (name: string, node: string, stunUrl: string): Promise<Peer> => {
  const counted = countLinks(createLibp2pNetwork({ insecureNodes: true, stunUrls: () => [stunUrl] }))
  const messenger = createMessenger({
    store: createMemoryStore(),
    network: counted.network,
    signer: createSigner(),
    hpke: createHpke(),
    clock: createSystemClock(),
    random: createSystemRandom(),
    config: { nodes: [node], origin: 'http://localhost/', suite: hpkeSuites.xWing },
    erase: () => Promise.resolve(),
  })
  await messenger.start()
  await messenger.commands.createProfile(name)
  let room: ConversationId | undefined
  const seen: Record<string, number> = {}

  const enter = (conversation: ConversationId): void => {
    room = conversation
    messenger.queries.timeline(conversation, 100).subscribe(({ items }) => {
      for (const item of items) {
        const mark = item.kind === 'message' ? /\[[^\]]+\]/.exec(item.text)?.[0] : undefined
        if (mark !== undefined) seen[mark] ??= Date.now()
      }
    })
  }

  return {
    enter,
    commands: messenger.commands,
    stop: () => messenger.stop(),
    seen,
    count: counted.count,
    forget: counted.forget,
    async join(link) {
      const began = performance.now()
      const joined = await messenger.commands.joinInvite(link)
      if (!joined.ok) throw new Error(`${name} could not join: ${JSON.stringify(joined.error)}`)
      const conversation = joined.value
      await new Promise<void>((resolve) => {
        const stop = messenger.queries.conversation(conversation).subscribe((view) => {
          if (view?.standing !== 'member') return
          queueMicrotask(() => stop())
          resolve()
        })
      })
      enter(conversation)
      return performance.now() - began
    },
    async say(text) {
      if (room === undefined) throw new Error(`${name} has not joined`)
      const said = await messenger.commands.sendMessage(room, text)
      if (!said.ok) throw new Error(`${name} could not say it: ${JSON.stringify(said.error)}`)
    },
  }
}

const countLinks = (network: Network) => {
  const linked = new Set<string>()
  let most = 0
  let bytes = 0
  const counting: Network = {
    ...network,
    listen: (listener) =>
      network.listen((event) => {
        if (event.kind === 'link-up') linked.add(event.device)
        if (event.kind === 'link-down') linked.delete(event.device)
        most = Math.max(most, linked.size)
        listener(event)
      }),
    send: (device, frame) => {
      bytes += frame.length
      return network.send(device, frame)
    },
    publish: (topic, message) => {
      bytes += message.length
      return network.publish(topic, message)
    },
  }
  return {
    network: counting,
    count: () => ({ links: linked.size, most, bytes }),
    forget: () => {
      most = linked.size
      bytes = 0
    },
  }
}

// Two people with real engines in one page: the real services and cryptography over a network and stores in memory. They have met by an
// invite when this has settled, and what one of them says the other one has.
import { createHpke } from '../../../src/adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../../../src/adapters/cipher-hpke/signer.ts'
import { createMemoryHub, type MemoryHub } from '../../../src/adapters/network-memory/hub.ts'
import { createMemoryStore } from '../../../src/adapters/store-memory/memory-store.ts'
import { createSystemClock } from '../../../src/adapters/system/clock.ts'
import { createSystemRandom } from '../../../src/adapters/system/random.ts'
import { hpkeSuites } from '../../../src/ports/cipher.ts'
import { createMessenger, type Messenger } from '../../../src/services/messenger.ts'

const node = '/dns4/node.example.org/tcp/443/tls/ws/p2p/12D3KooWLkMNRz2vTg8'

const engineOn = async (hub: MemoryHub): Promise<Messenger> => {
  const messenger = createMessenger({
    store: createMemoryStore(),
    network: hub.network(),
    signer: createSigner(),
    hpke: createHpke(),
    clock: createSystemClock(),
    random: createSystemRandom(),
    config: { nodes: [node], origin: 'https://parley.example.org/', suite: hpkeSuites.xWing },
    erase: async () => undefined,
  })
  await messenger.start()
  return messenger
}

/** What a command gave; throws what it was refused for. */
const given = async <T>(
  answer: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { here: string } }>,
): Promise<T> => {
  const result = await answer
  if (!result.ok) throw new Error(result.error.here)
  return result.value
}

/** Alice and Bob, in this order. */
export const twoPeople = async (): Promise<readonly [Messenger, Messenger]> => {
  const hub = createMemoryHub({ clock: createSystemClock(), dice: { next: () => Math.random() } })
  const [alice, bob] = await Promise.all([engineOn(hub), engineOn(hub)])
  await given(alice.commands.createProfile('Alice'))
  await given(bob.commands.createProfile('Bob'))
  const { link } = await given(alice.commands.createInvite())
  const room = await given(bob.commands.joinInvite(link))
  for (const [who, text] of [
    [bob, 'Hello Alice! This is the real engine.'],
    [bob, 'Only the network and the disk are in memory.'],
  ] as const)
    await given(who.commands.sendMessage(room, text))
  return [alice, bob]
}

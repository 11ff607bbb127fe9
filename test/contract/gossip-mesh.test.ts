// Gossip among members of whom some misbehave; the connections are in memory. With a hundred of them: test/e2e/long/hostile-gossip.
import type { PublicKey } from '@libp2p/interface'
import { afterEach, expect, test, vi } from 'vitest'
import { utf8ToBytes } from '../../src/core/codec/bytes.ts'
import { toHex, type Tag } from '../../src/core/ids.ts'
import { until } from '../e2e/world/until.ts'
import { createHostile, type AttackKind, type Hostile } from '../fixtures/gossip-attacks.ts'
import { createHonest, join, type Honest } from '../fixtures/gossip-world.ts'
import { randomBytes, randomTag } from './network.contract.ts'

const running: (Honest | Hostile)[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

const comes = async (topic: Tag): Promise<Honest & { readonly heard: string[] }> => {
  const heard: string[] = []
  const one = await createHonest(topic, (_, bytes) => heard.push(new TextDecoder().decode(bytes)))
  running.push(one)
  return { ...one, heard }
}
const link = async (one: Honest, other: Honest): Promise<void> => {
  const [ours, theirs] = await join(one, other)
  one.links.push(ours)
  other.links.push(theirs)
  one.welcome(other)
  other.welcome(one)
}
const besets = async (victim: Honest, kind: AttackKind, topic: Tag): Promise<Hostile> => {
  const one = await createHostile(kind, topic)
  running.push(one)
  const [theirs, ours] = await join(one, victim)
  victim.links.push(ours)
  victim.welcome(one)
  await one.meet(theirs)
  return one
}

test('whoever is linked has a place in the mesh, however many came first', async () => {
  const topic = randomTag()
  const [alice, bob] = [await comes(topic), await comes(topic)]
  const others: Hostile[] = []
  while (others.length < 20) others.push(await besets(bob, 'silent', topic))
  await link(alice, bob)
  // They ask for nothing: what comes to them was passed on at once.
  await until('what Alice says is passed on by Bob to all twenty', async () => {
    await alice.gossip.publish(topic, randomBytes(8))
    return others.every(({ heard }) => heard.length > 0)
  })
})

test('what is said again and again is looked at once', async () => {
  const topic = randomTag()
  const [alice, bob] = [await comes(topic), await comes(topic)]
  const carol = await besets(bob, 'repeating', topic)
  await link(alice, bob)
  await until('Bob hears Alice', async () => {
    await alice.gossip.publish(topic, randomBytes(8))
    return bob.heard.length > 0 && carol.heard.length > 0
  })
  const { publicKey } = alice.host.peerId as unknown as { readonly publicKey: PublicKey }
  const verify = vi.spyOn(Object.getPrototypeOf(publicKey) as PublicKey, 'verify')
  carol.attack()
  await until('Carol has repeated it', () => carol.misdeeds() >= 3)
  await alice.gossip.publish(topic, utf8ToBytes('the next'))
  await until('Bob hears the next', () => bob.heard.includes('the next'))
  const signed = verify.mock.calls.map(([bytes]) => toHex(bytes.subarray()))
  expect(signed).not.toHaveLength(0)
  expect(signed).toHaveLength(new Set(signed).size)
})

// A member announces keys that are none: the others go on speaking, and the member's device hears all of it by sync.
import { afterEach, expect, test } from 'vitest'
import { kemNumbers } from '../../src/core/epoch/suite.ts'
import { cardOf, changed, events } from '../adversarial/forge.ts'
import { setStage, type Stage } from '../adversarial/stage.ts'
import { commandsOf, valueOf } from './people.ts'

let stage: Stage
afterEach(() => stage.end())

test.each([
  ['no key of the suite that is used', [{ suite: kemNumbers.x25519, publicKey: new Uint8Array(32).fill(9) }]],
  ['a key of the wrong size', [{ suite: kemNumbers.xWing, publicKey: new Uint8Array(7) }]],
  ['a key of zeros', [{ suite: kemNumbers.xWing, publicKey: new Uint8Array(1_216) }]],
] as const)('Dave’s new card has %s, and Alice and Bob speak on', async (_, keys) => {
  stage = await setStage()
  const card = cardOf(stage, stage.dave, { keys })
  await stage.throwAt(events(stage, [await changed(stage, { kind: 'device', device: card }, (fields) => fields)]))
  // After a week a new epoch has to be made.
  await stage.pass(8 * 24 * 3_600_000)
  await stage.honestWordsFlow()
  await valueOf(stage.world, commandsOf(stage.alice).sendMessage(stage.group, 'and on'))
  expect(stage.world.violations).toEqual([])
})

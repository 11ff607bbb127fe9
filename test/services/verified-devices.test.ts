// Somebody whose keys are in other hands adds a device: whoever had verified them sees it, and trusts no more until they compare again.
import { ed25519 } from '@noble/curves/ed25519.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceId } from '../../src/core/ids.ts'
import { bytesFor, cardOf, changed, events } from '../adversarial/forge.ts'
import { setStage, type Stage } from '../adversarial/stage.ts'
import { once, settled } from '../sim/world/view.ts'
import { commandsOf, queriesOf, valueOf } from './people.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
}, 60_000)
afterAll(() => stage.end())

const seed = bytesFor('another device')
const device = deviceId(ed25519.getPublicKey(seed))
const safety = () => settled(stage.world, once(queriesOf(stage.alice).safety(stage.dave.identity)))
const member = async () =>
  (await settled(stage.world, once(queriesOf(stage.alice).conversation(stage.group))))?.members.find(
    ({ identity }) => identity === stage.dave.identity,
  )
const lines = async () =>
  ((await settled(stage.world, once(queriesOf(stage.alice).timeline(stage.group, 50))))?.items ?? []).flatMap((item) =>
    item.kind === 'notice' && item.notice.kind.startsWith('device') ? [[item.notice.kind, item.author.name, item.alarm?.name]] : [],
  )
const verify = () => valueOf(stage.world, commandsOf(stage.alice).setVerified(stage.dave.identity, true))

test('a device that comes, and one that goes, end that a person is verified, with a line that nobody can miss', async () => {
  await verify()
  expect(await safety()).toMatchObject({ verified: true, changed: false })

  const card = cardOf(stage, stage.dave, { device, deviceSeed: seed })
  await stage.throwAt(events(stage, [await changed(stage, { kind: 'device', device: card }, () => ({}))]))
  expect(await safety()).toMatchObject({ verified: false, changed: true })
  expect(await member()).toMatchObject({ verified: false, changed: true })
  expect(await lines()).toEqual([['device-added', 'Dave', 'Dave']])

  await verify()
  expect(await safety()).toMatchObject({ verified: true, changed: false })
  // The line stays, and is quiet.
  expect(await lines()).toEqual([['device-added', 'Dave', undefined]])

  await stage.throwAt(events(stage, [await changed(stage, { kind: 'revoke', device, last: [] }, () => ({}))]))
  expect(await member()).toMatchObject({ verified: false, changed: true })
  expect((await lines()).at(-1)).toEqual(['device-removed', 'Dave', 'Dave'])

  // And still when the program begins anew.
  await stage.restartAlice()
  expect(await safety()).toMatchObject({ verified: false, changed: true })
  await valueOf(stage.world, commandsOf(stage.alice).setVerified(stage.dave.identity, false))
  expect(await safety()).toMatchObject({ verified: false, changed: false })
})

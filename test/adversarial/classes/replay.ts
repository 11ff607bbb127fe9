// What was true once, said again: at once, after a restart, a day later, in another conversation, by somebody else.
import { lanes, type EventFields } from '../../../src/core/event/event.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { msPerDay } from '../../../src/core/time.ts'
import {
  at,
  changed,
  events,
  eventsFrame,
  fieldsOf,
  newestEpoch,
  nextSealOf,
  replanted,
  sealedAs,
  sealedFrame,
  signFields,
  text,
} from '../forge.ts'
import type { Ill, Stage, Throw } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

/** Signed bytes of a device that Alice holds, newest last. */
const said = (stage: Stage, device: string, lane: 0 | 1, conversation = stage.group): readonly Uint8Array[] =>
  (stage.alice.disk.state().get('events') ?? [])
    .filter(({ key }) => key[0] === conversation && key[1] === lane && key[2] === device)
    .map(({ value }) => (value as { readonly bytes: Uint8Array }).bytes)

const again = (name: string, of: (stage: Stage) => readonly Uint8Array[], from: (stage: Stage) => Ill = ({ dave }) => dave): Vector => ({
  name: `${name}, again`,
  expected: 'known',
  make: (stage) => events(stage, of(stage), from(stage)),
})

/** A sealed word of Dave's that came and was taken, as it was on the wire. */
const sealedWord = async (stage: Stage, words: string): Promise<Uint8Array> => {
  const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.dave.device)
  const sealed = sealedAs(
    { ...place, sender: stage.dave.device },
    key,
    signFields(await fieldsOf(stage, text(words), { place }), stage.dave),
  )
  await stage.throwAt({ by: 'link', from: stage.dave, frames: [sealedFrame(stage.group, sealed)] })
  return sealed
}

const replayedSeal = (
  name: string,
  meanwhile: (stage: Stage) => Promise<void>,
  thrown: (stage: Stage, sealed: Uint8Array) => Throw | Promise<Throw>,
): Vector => ({
  name: `a sealed word, once more ${name}`,
  expected: 'no-key',
  make: async (stage) => {
    const sealed = await sealedWord(stage, `sealed ${name}`)
    await meanwhile(stage)
    return thrown(stage, sealed)
  },
})
const onLink = (stage: Stage, sealed: Uint8Array, from: Ill = stage.dave): Throw => ({
  by: 'link',
  from,
  frames: [sealedFrame(stage.group, sealed)],
})

/** Dave's words of the group, carried into a conversation that he is in, or not in, as they are. */
const elsewhere = (name: string, to: (stage: Stage) => EventFields['conversation'], expected: Vector['expected']): Vector => ({
  name,
  expected,
  make: (stage) => events(stage, [said(stage, stage.dave.device, lanes.content).at(-1)!], stage.dave, to(stage)),
})

const aDay = async (stage: Stage): Promise<void> => {
  await stage.pass(msPerDay)
}

export const replay: VectorClass = {
  name: 'replay',
  controls: [
    {
      name: 'a sealed word for the first time',
      expected: 'taken',
      make: async (stage) => {
        const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.dave.device)
        const bytes = signFields(await fieldsOf(stage, text('sealed once'), { place }), stage.dave)
        return onLink(stage, sealedAs({ ...place, sender: stage.dave.device }, key, bytes))
      },
    },
  ],
  vectors: [
    again('Dave’s last word', (stage) => said(stage, stage.dave.device, lanes.content).slice(-1)),
    again('all that Dave said', (stage) => said(stage, stage.dave.device, lanes.content)),
    again('all that Dave said, a hundred times', (stage) =>
      Array.from({ length: 100 }, () => said(stage, stage.dave.device, lanes.content)).flat(),
    ),
    again('all that Bob said, brought by Dave', (stage) => said(stage, stage.bob.id()!, lanes.content)),
    again('all that Alice said herself', (stage) => said(stage, stage.alice.id()!, lanes.content)),
    again('every change of the members', (stage) => [stage.alice, stage.bob].flatMap((device) => said(stage, device.id()!, lanes.members))),
    again('the beginning', (stage) => [said(stage, stage.alice.id()!, lanes.members)[0]!]),
    again('the removal of Carol', (stage) => said(stage, stage.alice.id()!, lanes.members)),
    {
      ...again('Dave’s last word, after Alice has started anew', (stage) => said(stage, stage.dave.device, lanes.content).slice(-1)),
      before: async (stage) => stage.restartAlice(),
    },
    { ...again('Dave’s last word, a day later', (stage) => said(stage, stage.dave.device, lanes.content).slice(-1)), before: aDay },
    {
      name: 'all that Dave said, brought by a stranger',
      expected: 'unheard',
      make: (stage) => events(stage, said(stage, stage.dave.device, lanes.content), stage.stranger),
    },
    {
      name: 'all that Dave said, brought by Carol, who was removed',
      expected: 'unheard',
      make: (stage) => events(stage, said(stage, stage.dave.device, lanes.content), stage.carol),
    },
    replayedSeal('at once', async () => {}, onLink),
    replayedSeal(
      'by gossip',
      async () => {},
      async (stage, sealed) => ({ by: 'gossip', from: stage.dave, topic: await stage.topic(), bytes: sealed }),
    ),
    replayedSeal('after Alice has started anew', async (stage) => stage.restartAlice(), onLink),
    replayedSeal('a day later', aDay, onLink),
    replayedSeal(
      'by a stranger',
      async () => {},
      (stage, sealed) => onLink(stage, sealed, stage.stranger),
    ),
    replayedSeal(
      'into Alice and Dave’s own conversation',
      async () => {},
      (stage, sealed) => ({ by: 'link', from: stage.dave, frames: [sealedFrame(stage.direct, sealed)] }),
    ),
    elsewhere('Dave’s last word, in his own conversation with Alice', ({ direct }) => direct, 'elsewhere'),
    elsewhere('Dave’s last word, in a conversation that he is not in', ({ elsewhere: attic }) => attic, 'unheard'),
    {
      name: 'Dave’s last word in the name of another conversation, signed anew with the place that it had',
      expected: 'early',
      make: async (stage) => {
        const bytes = await replanted(stage, text('moved'), (tree) => tree.with(at.conversation, fromHex(stage.direct)))
        return { by: 'link', from: stage.dave, frames: [eventsFrame(stage.direct, bytes)] }
      },
      after: async (stage) => stage.restartAlice(),
    },
    {
      name: 'a word for the group in the name of a conversation that Dave is not in',
      expected: 'elsewhere',
      make: async (stage) => events(stage, [await changed(stage, text('moved'), () => ({ conversation: stage.elsewhere }))]),
    },
    {
      name: 'an acknowledgement of what was acknowledged, again',
      expected: 'without-effect',
      before: async (stage) => {
        const have = new Map([...(await stage.room()).conversation.chains].map(([key, { seq }]) => [key, seq] as const))
        await stage.throwAt({
          by: 'link',
          from: stage.dave,
          frames: [encodeLinkMessage({ kind: 'have', conversation: stage.group, have, readHlc: 0 })],
        })
      },
      make: async (stage) => {
        const have = new Map([...(await stage.room()).conversation.chains].map(([key, { seq }]) => [key, seq] as const))
        return { by: 'link', from: stage.dave, frames: [encodeLinkMessage({ kind: 'have', conversation: stage.group, have, readHlc: 0 })] }
      },
    },
  ],
}

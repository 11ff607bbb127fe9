// Names and words that could pose as other ones, break a line, or fill a disk: at every place where somebody chooses a text.
import type { EventBody } from '../../../src/core/event/event.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { concatBytes, utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { maxNameCharacters, maxTextBytes } from '../../../src/core/limits.ts'
import { pictureOf, tinyPicture } from '../../core/tiny-picture.ts'
import { at, changed, events, replanted, text } from '../forge.ts'
import type { Vector, VectorClass } from '../vector.ts'

/** Names that nobody can have, each with the reason. */
const badNames: readonly (readonly [why: string, name: unknown])[] = [
  ['that is empty', ''],
  ['of 65 characters', 'x'.repeat(maxNameCharacters + 1)],
  ['of 65 emoji', '🌱'.repeat(maxNameCharacters + 1)],
  ['of 40,000 characters', 'x'.repeat(40_000)],
  ['with a null', 'Al\u0000ice'],
  ['with a line break', 'Alice\nBob'],
  ['with a carriage return', 'Alice\r'],
  ['with an escape', '\u001b[31mAlice'],
  ['with a delete', 'Alice\u007f'],
  ['with a control of the second half', 'Alice\u0085'],
  ['that is turned round', '\u202eecilA'],
  ['with an embedding from left to right', '\u202aAlice'],
  ['with an embedding from right to left', '\u202bAlice'],
  ['with the end of an embedding', 'Alice\u202c'],
  ['with an isolate', '\u2066Alice\u2069'],
  ['with a first strong isolate', '\u2068Alice'],
  ['with a mark from left to right', '\u200eAlice'],
  ['with a mark from right to left', 'Alice\u200f'],
  ['with an Arabic letter mark', '\u061cAlice'],
  ['that is a number', 7],
  ['that is null', null],
  ['that is bytes', new Uint8Array(5)],
  ['that is a list', ['Alice']],
]
const where: readonly (readonly [place: string, body: EventBody])[] = [
  ['a group’s name', { kind: 'name', name: 'Garden' }],
  ['a person’s name', { kind: 'profile', name: 'Dave' }],
]

const ref = [new Uint8Array(32), 1]
const planted = (name: string, body: EventBody, content: unknown): Vector => ({
  name,
  expected: 'malformed',
  make: async (stage) => events(stage, [await replanted(stage, body, (tree) => tree.with(at.content, content))]),
})
const poll: EventBody = { kind: 'poll', question: 'Really?', options: ['yes', 'no'], multiple: false }
const vote: EventBody = { kind: 'vote', target: { id: '00'.repeat(32) as never, hlc: 1 }, choices: [0] }
const pin: EventBody = { kind: 'pin', target: { id: '00'.repeat(32) as never, hlc: 1 }, on: true }
const reaction: EventBody = { kind: 'reaction', target: { id: '00'.repeat(32) as never, hlc: 1 }, emoji: '🌱', on: true }
const edit: EventBody = { kind: 'edit', target: { id: '00'.repeat(32) as never, hlc: 1 }, text: 'x' }

const portrait: EventBody = { kind: 'picture', of: 'self', picture: tinyPicture }
const badPictures: readonly (readonly [why: string, bytes: unknown])[] = [
  ['larger than 8 KiB', concatBytes(tinyPicture.subarray(0, -2), new Uint8Array(8 * 1024).fill(1), tinyPicture.subarray(-2))],
  ['a giant in few bytes', pictureOf(65_535, 65_535)],
  ['a drawing with a script', utf8ToBytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['a page', utf8ToBytes('<!doctype html>')],
  ['a text', 'picture'],
]

const previewed = (name: string, title: unknown, inviter: unknown): Vector => ({
  name: `an answer to a preview ${name}`,
  expected: 'malformed',
  make: (stage) => ({ by: 'link', from: stage.dave, frames: [encodeCbor([8, fromHex(stage.group), title, inviter])] }),
})

export const texts: VectorClass = {
  name: 'texts',
  controls: [
    {
      name: 'a name of 64 characters of all kinds',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [await changed(stage, { kind: 'profile', name: `Zoë 👩‍👩‍👧 ${'é'.repeat(54)}` }, (fields) => fields)]),
    },
    {
      name: 'a text of 16 KiB, markup and all',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [await changed(stage, text(`<script>alert(1)</script>${'x'.repeat(maxTextBytes - 25)}`), (fields) => fields)]),
    },
  ],
  vectors: [
    ...where.flatMap(([place, body]) => badNames.map(([why, name]) => planted(`${place} ${why}`, body, [name]))),
    planted('a text that is empty', text('x'), ['', null]),
    planted('a text of 16 KiB and one byte', text('x'), ['x'.repeat(maxTextBytes + 1), null]),
    planted('a text that is too long only in UTF-8', text('x'), ['é'.repeat(maxTextBytes / 2 + 1), null]),
    planted('a text that is a number', text('x'), [7, null]),
    planted('a text that replies to a text', text('x'), ['x', 'y']),
    planted('a text that replies to 31 bytes', text('x'), ['x', [new Uint8Array(31), 1]]),
    planted('a text that replies to a negative time', text('x'), ['x', [new Uint8Array(32), -1]]),
    planted('a text with something behind it', text('x'), ['x', null, 1]),
    planted('a reaction with nothing', reaction, [ref, '', true]),
    planted('a reaction with 33 letters', reaction, [ref, 'x'.repeat(33), true]),
    planted('a reaction that is neither on nor off', reaction, [ref, '🌱', 1]),
    planted('a reaction to nothing', reaction, [null, '🌱', true]),
    planted('a poll without a question', poll, ['', ['yes', 'no'], false]),
    planted('a poll with one answer', poll, ['Really?', ['yes'], false]),
    planted('a poll with thirteen answers', poll, ['Really?', Array.from({ length: 13 }, (_, i) => `${i}`), false]),
    planted('a poll with an answer that is empty', poll, ['Really?', ['yes', ''], false]),
    planted('a poll with an answer of 101 characters', poll, ['Really?', ['yes', 'x'.repeat(101)], false]),
    planted('a poll that is neither one nor many', poll, ['Really?', ['yes', 'no'], 2]),
    planted('a vote for nothing', vote, [null, [0]]),
    planted('a vote for a thirteenth answer', vote, [ref, [12]]),
    planted('a vote for half an answer', vote, [ref, [0.5]]),
    planted('a vote twice for the same', vote, [ref, [1, 1]]),
    planted('a vote in disorder', vote, [ref, [2, 0]]),
    planted('a pin of nothing', pin, [null, true]),
    planted('a pin that is neither on nor off', pin, [ref, 'yes']),
    planted('a pin with something behind it', pin, [ref, true, 1]),
    ...badPictures.map(([why, bytes]) => planted(`a picture that is ${why}`, portrait, ['self', bytes])),
    planted('a picture of somebody else', portrait, ['Alice', tinyPicture]),
    planted('a picture with something behind it', portrait, ['self', tinyPicture, 1]),
    planted('an edit to nothing', edit, [ref, '']),
    planted('an edit of 16 KiB and one byte', edit, [ref, 'x'.repeat(maxTextBytes + 1)]),
    planted('a deletion of a text', { kind: 'delete', target: { id: '00'.repeat(32) as never, hlc: 1 } }, ['x']),
    previewed('with a title that is turned round', '\u202eetihw', 'Dave'),
    previewed('with a title of 65 characters', 'x'.repeat(65), 'Dave'),
    previewed('without an inviter', 'Garden', ''),
    previewed('with an inviter over two lines', 'Garden', 'Da\nve'),
    {
      name: 'a preview that nobody asked for',
      expected: 'without-effect',
      make: (stage) => ({
        by: 'link',
        from: stage.dave,
        frames: [encodeLinkMessage({ kind: 'previewed', conversation: stage.group, title: 'Mine', inviter: 'Dave' })],
      }),
    },
  ],
}

// How far each kind of body goes: what is at the edge is read, what is one step beyond is malformed for everybody.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyFromWire } from '../../../src/core/event/body.ts'
import { maxHlc } from '../../../src/core/event/clock.ts'
import { isMessage, lanes, type EventBody } from '../../../src/core/event/event.ts'
import { fromHex, toHex } from '../../../src/core/ids.ts'
import {
  maxDevicesPerPerson,
  maxEmojiUnits,
  maxNameCharacters,
  maxPollOptionCharacters,
  maxPollOptions,
  maxWallClockMs,
} from '../../../src/core/limits.ts'
import { deviceCardToWire, personCardToWire, type DeviceCard } from '../../../src/core/members/card.ts'
import * as any from '../arbitraries.ts'
import { alice, bob, bytesFor } from '../cast.ts'
import { tinyPicture } from '../tiny-picture.ts'

const membersKinds: readonly string[] = Object.keys(any.membersBodies)
const read = (kind: string, ...content: readonly unknown[]) =>
  bodyFromWire(membersKinds.includes(kind) ? lanes.members : lanes.content, kind, content)

const id = bytesFor('event')
const ref = [id, 7]
const target = { id: toHex(id), hlc: 7 }
const begun = bytesFor('begun')
const of = (length: number) => new Uint8Array(length)
const options = (count: number, option = 'yes') => Array.from({ length: count }, () => option)
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, choice) => choice)
const share = (key = of(8), enc = of(1_120), ciphertext = of(64)) => [fromHex(bob.device), key, enc, ciphertext]
const end = (lane: number, seq: number, hlc: number) => [lane, fromHex(bob.device), seq, id, hlc]
const [card] = bob.card.devices as [DeviceCard]
const withKeys = (...lengths: readonly number[]) =>
  deviceCardToWire({ ...card, keys: lengths.map((length) => ({ suite: 1, publicKey: of(length) })) })
const person = (devices: readonly DeviceCard[]) => personCardToWire({ ...bob.card, devices })
const create = (as: string, name: string, nonce = of(16), meeting = of(32)) => [as, nonce, name, meeting, personCardToWire(bob.card)]

describe('is read:', () => {
  test.each<[string, readonly unknown[], object]>([
    ['poll', ['Cake?', options(2), false], { question: 'Cake?', options: ['yes', 'yes'], multiple: false }],
    ['poll', ['Cake?', options(maxPollOptions, 'x'.repeat(maxPollOptionCharacters)), true], { multiple: true }],
    ['poll', ['Cake?', options(2, '🍰'.repeat(maxPollOptionCharacters)), true], {}],
    ['poll', ['Cake?', ['y', 'n'], true], { options: ['y', 'n'] }],
    ['timed-poll', ['Cake?', options(2), false, maxWallClockMs], { kind: 'poll', closesAt: maxWallClockMs }],
    ['close', [ref, []], { target, votes: [] }],
    ['close', [ref, [of(32), id]], { votes: ['00'.repeat(32), toHex(id)] }],
    ['place', [-90_000_000, 180_000_000, null], { latitude: -90_000_000, longitude: 180_000_000, accuracy: null }],
    ['place', [0, 0, 20_100_000], { accuracy: 20_100_000 }],
    ['card', [`#/j/${'x'.repeat(310)}`], {}],
    ['vote', [ref, []], { target, choices: [] }],
    ['vote', [ref, [11]], { choices: [11] }],
    ['vote', [ref, upTo(maxPollOptions - 1)], { choices: upTo(maxPollOptions - 1) }],
    ['reaction', [ref, 'x'.repeat(maxEmojiUnits), false], { target, on: false }],
    ['pin', [ref, true], { target, on: true }],
    ['edit', [ref, 'better'], { target, text: 'better' }],
    ['reply', ['me too', ref, [begun, 3]], { kind: 'text', replyTo: target, thread: { id: toHex(begun), hlc: 3 } }],
    ['delete', [ref], { target }],
    [
      'epoch',
      [1, of(32), [share()]],
      { suite: 1, shares: [{ device: bob.device, key: '00'.repeat(8), enc: of(1_120), ciphertext: of(64) }] },
    ],
    ['epoch', [0, of(32), []], { shares: [] }],
    ['create', create('direct', ''), { as: 'direct', name: '' }],
    ['create', create('group', 'Garden'), { as: 'group', name: 'Garden', person: bob.card }],
    ['add', [person(bob.card.devices), null, []], { person: bob.card, invite: null, floor: [] }],
    ['add', [person(Array.from({ length: maxDevicesPerPerson }, () => card)), of(16), []], { invite: '00'.repeat(16) }],
    ['device', [withKeys(2_048, 0, 5)], {}],
    [
      'remove',
      [fromHex(bob.identity), [end(0, 1, maxHlc)]],
      { last: [{ lane: 0, device: bob.device, seq: 1, id: toHex(id), hlc: maxHlc }] },
    ],
    ['role', [fromHex(bob.identity), 'reader'], { identity: bob.identity, role: 'reader' }],
    ['policy', ['reader', 'member', 'owner', 'week'], { policy: { invite: 'reader', post: 'member', pin: 'owner', history: 'week' } }],
    ['revoke', [fromHex(bob.device), []], { device: bob.device, last: [] }],
    ['leave', [], {}],
    ['profile', ['Robert'], { name: 'Robert' }],
    ['name', ['👩'.repeat(maxNameCharacters)], { name: '👩'.repeat(maxNameCharacters) }],
    ['picture', ['self', of(0)], { of: 'self', picture: of(0) }],
    ['picture', ['group', tinyPicture], { of: 'group', picture: tinyPicture }],
    ['invite', [of(16), of(32), of(32), maxWallClockMs, 'many'], { invite: '00'.repeat(16), expiresAt: maxWallClockMs, uses: 'many' }],
  ])('%s %j', (kind, content, body) => {
    expect(read(kind, ...content)).toMatchObject({ ok: true, value: { kind, ...body } })
  })
})

describe('is malformed:', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['a poll without a question', 'poll', ['', options(2), false]],
    ['a poll with one answer', 'poll', ['Cake?', options(1), false]],
    ['a poll with 13 answers', 'poll', ['Cake?', options(maxPollOptions + 1), false]],
    ['a poll with an empty answer', 'poll', ['Cake?', ['yes', ''], false]],
    ['a poll with an answer of 101 characters', 'poll', ['Cake?', options(2, 'x'.repeat(maxPollOptionCharacters + 1)), false]],
    ['a poll with an answer of 101 emoji', 'poll', ['Cake?', options(2, '🍰'.repeat(maxPollOptionCharacters + 1)), false]],
    ['a poll that leaves open whether one may choose several', 'poll', ['Cake?', options(2), 1]],
    ['a poll that ends after 2100', 'timed-poll', ['Cake?', options(2), false, maxWallClockMs + 1]],
    ['a poll that ends at a time which is not said', 'timed-poll', ['Cake?', options(2), false, null]],
    ['an end that names a vote twice', 'close', [ref, [id, id]]],
    ['an end that names votes in another order', 'close', [ref, [id, of(32)]]],
    [
      'an end that names more votes than people',
      'close',
      [
        ref,
        Array.from({ length: 501 }, (_, n) =>
          of(32)
            .fill(n >> 8, 0, 1)
            .fill(n & 255, 1, 2),
        ),
      ],
    ],
    ['a place beyond the pole', 'place', [90_000_001, 0, null]],
    ['a place beyond the date line', 'place', [0, -180_000_001, null]],
    ['a place between two numbers', 'place', [0.5, 0, null]],
    ['a place off by more than the earth', 'place', [0, 0, 20_100_001]],
    ['a card without a link', 'card', ['https://example.org/']],
    ['a card that goes on after its link', 'card', [`#/j/${'x'.repeat(40)} or so`]],
    ['a card with an endless link', 'card', [`#/j/${'x'.repeat(311)}`]],
    ['a vote for a 13th answer', 'vote', [ref, [maxPollOptions]]],
    ['a vote for one answer twice', 'vote', [ref, [1, 1]]],
    ['a vote in another order', 'vote', [ref, [2, 1]]],
    ['a vote for half an answer', 'vote', [ref, [0.5]]],
    ['a reaction with nothing', 'reaction', [ref, '', true]],
    ['a reaction that is a speech', 'reaction', [ref, 'x'.repeat(maxEmojiUnits + 1), true]],
    ['a reply to what its thread began with, which a text says as well', 'reply', ['me too', ref, [id, 3]]],
    ['a reply to nothing', 'reply', ['me too', null, ref]],
    ['a text that is a reply under the name of a text', 'text', ['me too', ref, [begun, 3]]],
    ['a target without a clock', 'delete', [[id]]],
    ['a target beyond all clocks', 'delete', [[id, maxHlc + 1]]],
    ['a target with a short name', 'delete', [[of(31), 7]]],
    ['an epoch with a share for a key with a longer name', 'epoch', [1, of(32), [share(of(9))]]],
    ['an epoch with a share for a key with a shorter name', 'epoch', [1, of(32), [share(of(7))]]],
    ['an epoch with a share that is sealed to more than a key', 'epoch', [1, of(32), [share(of(8), of(1_121))]]],
    ['an epoch with a share that holds more than a secret', 'epoch', [1, of(32), [share(of(8), of(32), of(65))]]],
    ['an epoch with a short commitment', 'epoch', [1, of(31), []]],
    ['a conversation of a third kind', 'create', create('crowd', 'Garden')],
    ['a conversation with a short nonce', 'create', create('group', 'Garden', of(15))],
    ['a conversation with a long meeting secret', 'create', create('group', 'Garden', of(16), of(33))],
    ['a newcomer without a device', 'add', [person([]), null, []]],
    ['a newcomer with 9 devices', 'add', [person(Array.from({ length: maxDevicesPerPerson + 1 }, () => card)), null, []]],
    ['a newcomer with a device of somebody else', 'add', [person([card, ...alice.card.devices]), null, []]],
    ['a newcomer by a short invite', 'add', [person([card]), of(15), []]],
    ['a device without keys', 'device', [withKeys()]],
    ['a device with four keys', 'device', [withKeys(1, 2, 3, 4)]],
    ['a device with a giant key', 'device', [withKeys(2_049)]],
    ['an end of a third lane', 'remove', [fromHex(bob.identity), [end(2, 1, 1)]]],
    ['an end before the first', 'remove', [fromHex(bob.identity), [end(0, 0, 1)]]],
    ['an end beyond all clocks', 'remove', [fromHex(bob.identity), [end(0, 1, maxHlc + 1)]]],
    ['a role that is none', 'role', [fromHex(bob.identity), 'king']],
    ['a policy for kings', 'policy', ['member', 'member', 'king', 'none']],
    ['a policy that grants a month', 'policy', ['member', 'member', 'member', 'month']],
    ['a name of nothing', 'name', ['']],
    ['a name of 65 letters', 'profile', ['x'.repeat(maxNameCharacters + 1)]],
    ['somebody who leaves and has something to say', 'leave', ['and do not come back']],
    ['a picture of a third thing', 'picture', ['sunset', tinyPicture]],
    ['a picture that is a drawing with a script', 'picture', ['self', new TextEncoder().encode('<svg><script/></svg>')]],
    ['an invite that holds beyond 2100', 'invite', [of(16), of(32), of(32), maxWallClockMs + 1, 'many']],
    ['an invite for two', 'invite', [of(16), of(32), of(32), 7, 'two']],
  ])('%s', (_, kind, content) => {
    expect(read(kind, ...content)).toMatchObject({ ok: false, error: { kind: 'malformed', there: 'The event could not be read.' } })
  })

  test('a kind in the other lane, and a kind without a name or with an endless one', () => {
    for (const kind of membersKinds) expect(bodyFromWire(lanes.content, kind, []).ok).toBe(false)
    expect(bodyFromWire(lanes.members, 'text', ['hi', null]).ok).toBe(false)
    for (const name of ['', 'x'.repeat(33), 7]) expect(bodyFromWire(lanes.content, name, []).ok).toBe(false)
    expect(bodyFromWire(lanes.content, 'x'.repeat(32), [1])).toEqual({
      ok: true,
      value: { kind: 'unknown', name: 'x'.repeat(32), content: [1] },
    })
  })
})

test('what is to be read, counted and waited for is a text, a poll, a place or a card, and nothing else', () => {
  const kinds = Object.entries({ ...any.membersBodies, ...any.contentBodies }) as readonly [string, fc.Arbitrary<EventBody>][]
  const messages = kinds.filter(([, body]) => isMessage(fc.sample(body, 1)[0]!)).map(([kind]) => kind)
  expect(messages).toEqual(['text', 'poll', 'place', 'card'])
  expect(isMessage({ kind: 'unknown', name: 'hologram', content: [] })).toBe(false)
})

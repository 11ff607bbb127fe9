import * as fc from 'fast-check'
import { base64urlnopad } from '@scure/base'
import { describe, expect, test } from 'vitest'
import { nameContact } from '../../../src/core/contact/contact-name.ts'
import { decodeInvite, encodeContactLink, encodeInvite, type InviteLink } from '../../../src/core/invite/link.ts'
import { inviteKeys, joinMessage } from '../../../src/core/invite/secret.ts'
import { conversationId, toHex } from '../../../src/core/ids.ts'
import * as any from '../arbitraries.ts'
import { alice, bob, bytesFor, carol, room } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const minute = 60_000
const link: fc.Arbitrary<InviteLink> = fc.record({
  kind: fc.constantFrom('direct', 'group'),
  conversation: any.conversation,
  secret: any.bytes(16),
  expiresAt: fc.nat({ max: 0xffff_ffff }).map((minutes) => minutes * minute),
  inviter: any.name,
  title: fc.oneof(any.name, fc.constant('')),
})
const linkWithNode = fc.tuple(link, any.nodeAddress).map(([invite, node]): InviteLink => ({ ...invite, node }))
const plainLink: InviteLink = {
  kind: 'group',
  conversation: room,
  secret: bytesFor('s').subarray(0, 16),
  expiresAt: 9 * minute,
  inviter: 'Alice',
  title: 'Garden',
}

describe('an invite link', () => {
  test('gives back all but what did not fit of the names', () => {
    fc.assert(
      fc.property(fc.oneof(link, linkWithNode), (invite) => {
        const read = decodeInvite(withStillInputs([invite], encodeInvite))
        if (!read.ok || read.value.kind === 'contact') throw new Error('the link was not read')
        const { inviter, title, ...rest } = read.value
        const { inviter: wholeInviter, title: wholeTitle, ...same } = invite
        expect(rest).toEqual(same)
        expect(wholeInviter.startsWith(inviter)).toBe(true)
        expect(wholeTitle.startsWith(title)).toBe(true)
      }),
    )
  })

  test('keeps short names whole', () => {
    expect(decodeInvite(encodeInvite(plainLink))).toEqual({ ok: true, value: plainLink })
    expect(decodeInvite(encodeInvite({ ...plainLink, kind: 'direct', title: '' }))).toEqual({
      ok: true,
      value: { ...plainLink, kind: 'direct', title: '' },
    })
  })

  test('has at most 140 characters on a host of 40', () => {
    fc.assert(fc.property(link, (invite) => `https://${'h'.repeat(40)}/${encodeInvite(invite)}`.length <= 140))
  })

  test('that names a node has at most 240 characters on a host of 40', () => {
    fc.assert(fc.property(linkWithNode, (invite) => `https://${'h'.repeat(40)}/${encodeInvite(invite)}`.length <= 240))
  })

  test('is found in whatever stands around it', () => {
    const encoded = encodeInvite(plainLink)
    const payload = encoded.slice('#/j/'.length)
    for (const pasted of [
      encoded,
      `https://chat.example.org/${encoded}`,
      `Come in! https://chat.example.org/${encoded} see you`,
      `<https://chat.example.org/folder/${encoded}>`,
      `  ${payload}\n`,
    ]) {
      expect(decodeInvite(pasted)).toEqual({ ok: true, value: plainLink })
    }
  })

  test('that was cut or damaged says so, and never lets anybody in', () => {
    const encoded = encodeInvite(plainLink)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: encoded.length - 1 }), (length) => {
        const read = decodeInvite(encoded.slice(0, length))
        // Only the names may be missing: what counts is whole or refused.
        if (read.ok) expect({ ...read.value, inviter: '', title: '' }).toEqual({ ...plainLink, inviter: '', title: '' })
        else expect(['not-an-invite', 'damaged']).toContain(read.error.kind)
      }),
    )
    expect(decodeInvite(encoded.slice(0, 40))).toMatchObject({ ok: false, error: { kind: 'damaged' } })
  })

  test('is told from a device link, from a newer one and from other text', () => {
    const withFirst = (first: number) =>
      `#/j/${base64urlnopad.encode(Uint8Array.of(first, ...bytesFor('x'), ...bytesFor('y').subarray(0, 8)))}`
    expect(decodeInvite(withFirst(0x1d))).toMatchObject({ ok: false, error: { kind: 'device-link' } })
    expect(decodeInvite(withFirst(0x20))).toMatchObject({ ok: false, error: { kind: 'newer-version' } })
    expect(decodeInvite(withFirst(0x13))).toMatchObject({ ok: false, error: { kind: 'damaged' } })
    expect(decodeInvite(withFirst(0x00))).toMatchObject({ ok: false, error: { kind: 'damaged' } })
    expect(decodeInvite('Hello, Alice!')).toMatchObject({ ok: false, error: { kind: 'not-an-invite' } })
    expect(decodeInvite('')).toMatchObject({ ok: false, error: { kind: 'not-an-invite' } })
  })

  test('shows names that were cleaned, whatever bytes stand there', () => {
    const forged = base64urlnopad.encode(
      Uint8Array.of(
        ...base64urlnopad.decode(encodeInvite(plainLink).slice(4)).subarray(0, 37),
        ...new TextEncoder().encode('\u202eecilA\u0007\nGar\tden'),
      ),
    )
    expect(decodeInvite(forged)).toMatchObject({ ok: true, value: { inviter: 'ecilA', title: 'Garden' } })
    const noText = base64urlnopad.encode(
      Uint8Array.of(...base64urlnopad.decode(encodeInvite(plainLink).slice(4)).subarray(0, 37), 0xff, 0xfe),
    )
    expect(decodeInvite(noText).ok).toBe(true)
  })

  test('never throws, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'ABab01-_#/j'), maxLength: 220 }).map((payload) => `#/j/${payload}`),
      fc.uint8Array({ maxLength: 80 }).map((bytes) => `#/j/${base64urlnopad.encode(bytes)}`),
    )
    fc.assert(
      fc.property(texts, (text) => typeof decodeInvite(text).ok === 'boolean'),
      { numRuns: 1_000 },
    )
  })
})

describe("what an invite's secret gives", () => {
  test('is one id, one key and one meeting place, each of its own', () => {
    const keys = withStillInputs([plainLink.secret], inviteKeys)
    expect(keys).toEqual(inviteKeys(plainLink.secret))
    expect(keys.invite).toMatch(/^[0-9a-f]{32}$/)
    expect(keys.seed).toHaveLength(32)
    expect(keys.meeting).toHaveLength(32)
    const other = inviteKeys(bytesFor('t').subarray(0, 16))
    const all = [keys, other].flatMap(({ invite, seed, meeting }) => [invite, toHex(seed), toHex(meeting), toHex(seed).slice(0, 32)])
    expect(new Set(all).size).toBe(all.length)
    expect(all.some((hex) => hex.includes(toHex(plainLink.secret)))).toBe(false)
  })

  test('proves the link towards one device, for one conversation, invite and card only', () => {
    const base = [room, 'aa'.repeat(16), alice.device, bob.device, bytesFor('card')] as const
    const messages = [
      joinMessage(...base),
      joinMessage(conversationId(new Uint8Array(16)), base[1], base[2], base[3], base[4]),
      joinMessage(base[0], 'bb'.repeat(16), base[2], base[3], base[4]),
      joinMessage(base[0], base[1], carol.device, base[3], base[4]),
      joinMessage(base[0], base[1], base[2], carol.device, base[4]),
      joinMessage(base[0], base[1], base[2], base[3], bytesFor('another card')),
    ]
    expect(new Set(messages.map(toHex)).size).toBe(messages.length)
  })
})

describe('a contact link', () => {
  const contact = { kind: 'contact', contact: nameContact(alice.identity), secret: bytesFor('s').subarray(0, 16), name: 'Alice' } as const

  test('gives back the person, the secret and as much of the name as fits, in 140 characters on a host of 40', () => {
    expect(decodeInvite(encodeContactLink(contact))).toEqual({ ok: true, value: contact })
    const long = encodeContactLink({ ...contact, name: '世界'.repeat(32) })
    expect(`https://${'h'.repeat(40)}/${long}`.length).toBeLessThanOrEqual(140)
    expect(decodeInvite(long)).toEqual({ ok: true, value: { ...contact, name: '世界世界世界世界世界' } })
  })

  test('is no invite, and one that was cut is damaged', () => {
    const link = encodeContactLink(contact)
    for (let cut = 20; cut < 33 + 11; cut++) {
      const read = decodeInvite(link.slice(0, '#/j/'.length + cut))
      expect(read.ok).toBe(false)
    }
  })

  test('names a person so that nobody else has the name', () => {
    expect(nameContact(alice.identity)).not.toBe(nameContact(bob.identity))
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { decodeShape } from '../../../src/core/codec/shape.ts'
import { decodeContent } from '../../../src/core/courier/content.ts'
import { decodeEnvelope, encodeEnvelope, nameEnvelope } from '../../../src/core/courier/envelope.ts'
import { openSealed, sealedHeader } from '../../../src/core/epoch/sealed.ts'
import { decodeEvent } from '../../../src/core/event/codec.ts'
import { openReceipt, receiptEpoch } from '../../../src/core/outbox/receipt.ts'
import { lanes } from '../../../src/core/event/event.ts'
import { verifyEvent } from '../../../src/core/event/verify.ts'
import { deviceId, fromHex } from '../../../src/core/ids.ts'
import { decodeInvite } from '../../../src/core/invite/link.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { deviceCardClaims, personCardShape } from '../../../src/core/members/card.ts'
import { decodeLinkMessage, encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { createLinkFrameReader } from '../../../src/core/wire/link-frames.ts'
import { alice, bob } from './cast.ts'
import { toJson } from './json.ts'

const frozen = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'))
const check = async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => ed25519.verify(signature, message, publicKey)

describe('frozen vectors', () => {
  // A format that changes on purpose: `node test/core/vectors/make.ts`, and think of its version byte.
  test('are what today’s code writes, byte for byte, and no others', async () => {
    // Written here and not before, so that mutation testing sees who makes them.
    const { vectors } = await import('./all.ts')
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.json'))
    expect(vectors).toEqual(Object.fromEntries(files.map((file) => file.replace('.json', '')).map((name) => [name, frozen(name)])))
  })

  test('of events are read as they were written, and their signatures are good', async () => {
    for (const { id, bytes, fields } of frozen('events') as { id: string; bytes: string; fields: unknown }[]) {
      const read = decodeEvent(fromHex(bytes))
      if (!read.ok) throw new Error('malformed')
      const { id: name, bytes: _, ...rest } = read.value
      expect(name).toBe(id)
      expect(toJson(rest)).toEqual(fields)
      expect(await verifyEvent(read.value, check)).toMatchObject({ ok: true })
    }
  })

  test('of a person’s card are read, and its signatures are good', async () => {
    const { card } = frozen('person-card') as { card: string }
    const read = decodeShape(personCardShape, fromHex(card), 10_000, 'card')
    expect(read).toEqual({ ok: true, value: alice.card })
    for (const claim of alice.card.devices.flatMap(deviceCardClaims)) {
      expect(await check(claim.publicKey, claim.message, claim.signature)).toBe(true)
    }
  })

  test('of sealed events open', () => {
    for (const { header, key, plaintext, sealed } of frozen('sealed-events') as {
      header: unknown
      key: string
      plaintext: string
      sealed: string
    }[]) {
      expect(sealedHeader(fromHex(sealed))).toEqual({ ok: true, value: header })
      expect(openSealed(fromHex(sealed), fromHex(key))).toEqual({ ok: true, value: fromHex(plaintext) })
    }
  })

  test('of a receipt opens, and says what is held of each device', () => {
    const { devices, key, sealed } = frozen('receipt') as { devices: string[]; key: string; sealed: string }
    const id = receiptEpoch(fromHex(sealed))
    if (!id.ok) throw new Error('malformed')
    const epoch = { id: id.value, hlc: 0, devices: devices.map((device) => deviceId(fromHex(device))) }
    const have = new Map(epoch.devices.map((device) => [chainKey(lanes.content, device), device === bob.device ? 70_000 : 0]))
    expect(openReceipt(fromHex(sealed), epoch, fromHex(key))).toEqual({ ok: true, value: { have, readHlc: 9 } })
  })

  test('of invite links are read', () => {
    for (const { link, fragment } of frozen('invite-links') as { link: unknown; fragment: string }[]) {
      const read = decodeInvite(`https://chat.example.org/${fragment}`)
      expect(read.ok && toJson(read.value)).toEqual(link)
    }
  })

  test('of link messages and frames are read', () => {
    for (const { message, bytes } of frozen('link-messages') as { message: unknown; bytes: string }[]) {
      const read = decodeLinkMessage(fromHex(bytes))
      if (!read.ok) throw new Error('malformed')
      expect(toJson(read.value)).toEqual(message)
      expect(encodeLinkMessage(read.value)).toEqual(fromHex(bytes))
    }
    const reader = createLinkFrameReader()
    for (const { kind, bytes, frame } of frozen('link-frames') as { kind: string; bytes: string; frame: string }[]) {
      expect(reader.push(fromHex(frame))).toEqual([{ kind, bytes: fromHex(bytes) }])
    }
  })

  test('of envelopes are read', async () => {
    const { envelope, content } = frozen('courier') as { envelope: { bytes: string; id: string }; content: string }
    const read = decodeEnvelope(fromHex(envelope.bytes))
    expect(read.ok && encodeEnvelope(read.value)).toEqual(fromHex(envelope.bytes))
    expect(nameEnvelope(fromHex(envelope.bytes))).toBe(envelope.id)
    const opened = decodeContent(fromHex(content))
    if (!opened.ok) throw new Error('malformed')
    const { publicKey, message, signature } = opened.value.claim
    expect(await check(publicKey, message, signature)).toBe(true)
  })
})

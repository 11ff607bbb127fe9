import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxDataFrameBytes } from '../../../src/core/limits.ts'
import { createLinkFrameReader, encodeLinkFrame } from '../../../src/core/wire/link-frames.ts'
import type { LinkFrameKind } from '../../../src/core/wire/link-frames.ts'
import { concat } from '../../../src/core/wire/protobuf.ts'

const kind = fc.constantFrom<LinkFrameKind>('data', 'hello', 'ping', 'pong', 'bye')

describe('link frames', () => {
  test('come back whole and in order, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(kind, fc.uint8Array({ maxLength: 300 }))),
        fc.array(fc.integer({ min: 1, max: 50 })),
        (frames, cuts) => {
          const stream = concat(frames.map(([name, bytes]) => encodeLinkFrame(name, bytes)))
          const reader = createLinkFrameReader()
          const got = []
          let at = 0
          for (const cut of [...cuts, stream.length]) {
            got.push(...(reader.push(stream.subarray(at, at + cut)) ?? []))
            at += cut
          }
          got.push(...(reader.push(stream.subarray(at)) ?? []))
          expect(got.map((frame) => [frame.kind, [...frame.bytes]])).toEqual(frames.map(([name, bytes]) => [name, [...bytes]]))
        },
      ),
    )
  })

  test('have a frozen form: kind, three bytes of length, bytes', () => {
    expect([...encodeLinkFrame('data', Uint8Array.of(7, 8))]).toEqual([0, 0, 0, 2, 7, 8])
    expect([...encodeLinkFrame('hello', new Uint8Array(8))].slice(0, 4)).toEqual([1, 0, 0, 8])
    expect([...encodeLinkFrame('ping')]).toEqual([2, 0, 0, 0])
    expect([...encodeLinkFrame('pong')]).toEqual([3, 0, 0, 0])
    expect([...encodeLinkFrame('bye')]).toEqual([4, 0, 0, 0])
    expect([...encodeLinkFrame('data', new Uint8Array(0x01_02_03)).subarray(0, 4)]).toEqual([0, 1, 2, 3])
  })

  test('never throw on any bytes, and never keep more than the cap', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (chunks) => {
        const reader = createLinkFrameReader(1024)
        for (const chunk of chunks) reader.push(chunk)
      }),
    )
  })

  test('longer than the cap break the stream for good, before anything is kept', () => {
    const reader = createLinkFrameReader()
    expect(reader.push(Uint8Array.of(0, 0x10, 0, 1))).toBeUndefined()
    expect(reader.push(encodeLinkFrame('data', Uint8Array.of(1)))).toBeUndefined()
    expect(() => encodeLinkFrame('data', new Uint8Array(maxDataFrameBytes + 1))).toThrow(RangeError)
    expect(createLinkFrameReader().push(encodeLinkFrame('data', new Uint8Array(maxDataFrameBytes)))?.length).toBe(1)
  })

  test('of a kind from the future are skipped', () => {
    const reader = createLinkFrameReader()
    const stream = concat([Uint8Array.of(200, 0, 0, 2, 1, 1), encodeLinkFrame('data', Uint8Array.of(5))])
    expect(reader.push(stream)).toEqual([{ kind: 'data', bytes: Uint8Array.of(5) }])
  })

  test('own their bytes', () => {
    const stream = encodeLinkFrame('data', Uint8Array.of(1, 2))
    const [frame] = createLinkFrameReader().push(stream) ?? []
    stream.fill(0)
    expect([...(frame?.bytes ?? [])]).toEqual([1, 2])
  })
})

// What is taken for a picture, and who has which: small, plain, and the last one that was given.
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../../src/core/codec/bytes.ts'
import { isPicture } from '../../../src/core/members/picture.ts'
import { maxPictureBytes } from '../../../src/core/limits.ts'
import { end, frame, scan, segment, start, tinyPicture } from '../tiny-picture.ts'

const filled = (bytes: number) => concatBytes(start, frame(96, 96), scan, new Uint8Array(bytes).fill(1), end)
const frameOf = (bits: number, components: number) => segment(0xc0, bits, 0, 9, 0, 9, components, 1, 0x11, 0)
const scanWith = (...bytes: readonly number[]) => concatBytes(segment(0xda, 1, 1, 0, 0, 63, 0), Uint8Array.of(...bytes))
const rest = filled(0).length

describe('a picture', () => {
  test.each([
    ['the smallest', tinyPicture],
    ['one of 128 pixels a side', concatBytes(start, frame(128, 128), scan, end)],
    [
      'one with the segments that decoding needs',
      concatBytes(start, segment(0xe0, 74), segment(0xdb, 0), frame(9, 9), segment(0xc4, 0), segment(0xdd, 0, 1), scan, end),
    ],
    ['one of 8 KiB', filled(maxPictureBytes - rest)],
    ['one in colour', concatBytes(start, frameOf(8, 3), scan, end)],
    ['one with tables of more than 255 bytes', concatBytes(start, segment(0xc4, ...new Uint8Array(400)), frame(9, 9), scan, end)],
    ['one with every restart marker', concatBytes(start, frame(9, 9), scanWith(0xff, 0xd0, 7, 0xff, 0xd7), end)],
    ['one with an empty table', concatBytes(start, segment(0xc4), frame(9, 9), scan, end)],
    ['one whose scan has a head that looks like a marker', concatBytes(start, frame(9, 9), segment(0xda, 1, 1, 0, 0xff, 1, 0), end)],
    ['one with nothing in its scan', concatBytes(start, frame(9, 9), scanWith(), end)],
  ])('is %s', (_, bytes) => expect(isPicture(bytes)).toBe(true))

  test.each([
    ['one byte more than 8 KiB', filled(maxPictureBytes - rest + 1)],
    ['nothing', new Uint8Array(0)],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['a drawing with a script', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a giant in few bytes', concatBytes(start, frame(65_535, 65_535), scan, end)],
    ['129 pixels wide', concatBytes(start, frame(129, 9), scan, end)],
    ['129 pixels high', concatBytes(start, frame(9, 129), scan, end)],
    ['no pixels wide', concatBytes(start, frame(0, 9), scan, end)],
    ['as high as a later segment says', concatBytes(start, frame(9, 0), scan, end)],
    ['256 pixels wide', concatBytes(start, frame(256, 9), scan, end)],
    ['256 pixels high', concatBytes(start, frame(9, 256), scan, end)],
    ['for print', concatBytes(start, frameOf(8, 4), scan, end)],
    ['of two colours', concatBytes(start, frameOf(8, 2), scan, end)],
    ['of 12 bits a sample', concatBytes(start, frameOf(12, 1), scan, end)],
    ['a frame without its head', concatBytes(start, segment(0xc0), scan, end)],
    ['another start', concatBytes(start.with(0, 0xfe), tinyPicture.subarray(2))],
    ['another beginning of the start', concatBytes(start.with(1, 0xd9), tinyPicture.subarray(2))],
    ['a start in the scan', concatBytes(start, frame(9, 9), scanWith(0xff, 0xd8), end)],
    ['an arithmetic code in the scan', concatBytes(start, frame(9, 9), scanWith(0xff, 0xcf), end)],
    ['a filled marker in the scan', concatBytes(start, frame(9, 9), scanWith(0xff, 0xff), end)],
    ['words between two segments', concatBytes(start, Uint8Array.of(0, 0xdb, 0, 2), frame(9, 9), scan, end)],
    ['a segment of length 1', concatBytes(start, Uint8Array.of(0xff, 0xe0, 0, 1), frame(9, 9), scan, end)],
    ['a scan of no length', concatBytes(start, frame(9, 9), Uint8Array.of(0xff, 0xda, 0, 0, 5), end)],
    ['a scan of length 1', concatBytes(start, frame(9, 9), Uint8Array.of(0xff, 0xda, 0, 1, 5), end)],
    ['a scan that is longer than all', concatBytes(start, frame(9, 9), Uint8Array.of(0xff, 0xda, 0, 99, 5), end)],
    ['a frame that is longer than all', concatBytes(start, Uint8Array.of(0xff, 0xc0, 0, 99, 8, 0, 9, 0, 9, 1), scan, end)],
    ['half a marker', concatBytes(start, frame(9, 9), Uint8Array.of(0xff))],
    ['a scan and nothing of it', concatBytes(start, frame(9, 9), scan.subarray(0, 4))],
    ['where and when a photograph was taken', concatBytes(start, segment(0xe1, 69, 120, 105, 102), frame(9, 9), scan, end)],
    ['a comment', concatBytes(start, segment(0xfe, 104, 105), frame(9, 9), scan, end)],
    ['two frames', concatBytes(start, frame(9, 9), frame(9, 9), scan, end)],
    ['no frame', concatBytes(start, scan, end)],
    ['a frame of another kind', concatBytes(start, segment(0xc2, 8, 0, 9, 0, 9, 1, 1, 0x11, 0), scan, end)],
    ['a second frame in the scan', concatBytes(start, frame(9, 9), scan, frame(9_999, 9_999), scan, end)],
    ['something behind the end', concatBytes(tinyPicture, Uint8Array.of(1))],
    ['no end', tinyPicture.subarray(0, -2)],
    ['a segment that is longer than all', concatBytes(start, Uint8Array.of(0xff, 0xe0, 0xff, 0xff), frame(9, 9), scan, end)],
    ['a segment of no length', concatBytes(start, Uint8Array.of(0xff, 0xe0, 0, 0), frame(9, 9), scan, end)],
  ])('is not %s', (_, bytes) => expect(isPicture(bytes)).toBe(false))

  test('is none in any part of it', () => {
    for (let length = 0; length < tinyPicture.length; length++) expect(isPicture(tinyPicture.subarray(0, length))).toBe(false)
  })
})

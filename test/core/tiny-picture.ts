// JPEGs as core reads them: the segments that it looks at, put together by hand. Nothing in them could be drawn.
import { concatBytes } from '../../src/core/codec/bytes.ts'

export const segment = (marker: number, ...content: readonly number[]): Uint8Array =>
  Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content)
export const start = Uint8Array.of(0xff, 0xd8)
export const frame = (width: number, height: number): Uint8Array =>
  segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0)
export const scan = concatBytes(segment(0xda, 1, 1, 0, 0, 63, 0), Uint8Array.of(0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56))
export const end = Uint8Array.of(0xff, 0xd9)

export const pictureOf = (width: number, height: number): Uint8Array => concatBytes(start, frame(width, height), scan, end)

/** The smallest that is taken. */
export const tinyPicture = pictureOf(1, 1)

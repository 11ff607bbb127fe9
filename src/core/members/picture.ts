// A small picture of a person or a group, as it travels in an operation: a baseline JPEG (ITU-T T.81) and nothing else, read as far as is
// needed to know that showing it is harmless. What comes is from anybody: a few bytes must not unfold into a giant, and what says where or
// with what a photograph was taken (EXIF and its like) does not travel.
import { maxPictureBytes, maxPictureSide } from '../limits.ts'

const markers = { start: 0xd8, end: 0xd9, scan: 0xda, baseline: 0xc0 } as const
/** Segments that only help to decode: JFIF's head, quantization, Huffman tables, restart interval. */
const plain: readonly number[] = [0xe0, 0xdb, 0xc4, 0xdd]

/** One frame of 1 to 128 pixels a side, one scan, no other segments than those that are needed, and nothing behind its end. */
export const isPicture = (bytes: Uint8Array): boolean => {
  if (bytes.length > maxPictureBytes || bytes[0] !== 0xff || bytes[1] !== markers.start) return false
  let at = 2
  let frames = 0
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const length = uint16(bytes, at + 2)
    if (length < 2) return false
    // Behind the last byte there is neither a scan nor another segment, so a length that lies is found out there.
    const next = at + 2 + length
    if (marker === markers.scan) return frames === 1 && isLastScan(bytes.subarray(next))
    if (marker === markers.baseline) {
      frames++
      if (!isSmall(bytes.subarray(at + 4, next))) return false
    } else if (!plain.includes(marker)) return false
    at = next
  }
  return false
}

/** A frame's head: 8 bits a sample, height, width, one component or three. */
const isSmall = (head: Uint8Array): boolean => {
  const [height, width] = [uint16(head, 1), uint16(head, 3)]
  const isColoured = head[5] === 1 || head[5] === 3
  return head[0] === 8 && isColoured && height > 0 && width > 0 && height <= maxPictureSide && width <= maxPictureSide
}

/** In a scan 0xff stands before a zero or a restart marker only; what ends it is the end of the picture. */
const isLastScan = (scan: Uint8Array): boolean => {
  for (let at = 0; at + 1 < scan.length; at++) {
    if (scan[at] !== 0xff) continue
    const marker = scan[at + 1] ?? 0
    if (marker === markers.end) return at + 2 === scan.length
    if (marker !== 0 && (marker < 0xd0 || marker > 0xd7)) return false
  }
  return false
}

const uint16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

// What runs on a link stream: frames of a one-byte kind, a three-byte length (big-endian) and that many bytes.
// `hello` opens a stream from both sides and names the run of the program (eight bytes; what follows is the adapter's own), so that a link
// to a page that was reloaded is told from a second link to the same page. `bye` ends a link at once, `ping` and `pong` show that it lives. Kinds that are not known are skipped.
// Danger: lengths come from strangers; the cap is checked before anything is kept.
import { maxDataFrameBytes } from '../limits.ts'

const kinds = ['data', 'hello', 'ping', 'pong', 'bye'] as const
export type LinkFrameKind = (typeof kinds)[number]

export interface LinkFrame {
  readonly kind: LinkFrameKind
  readonly bytes: Uint8Array
}

/** Bytes before each frame's own. */
export const linkHeaderBytes = 4
/** Bytes of the number that a program draws at each start and sends in `hello`. */
export const linkSessionBytes = 8

const nothing = new Uint8Array(0)

/** A frame as it goes on the stream. Throws on more than `maxDataFrameBytes`. */
export const encodeLinkFrame = (kind: LinkFrameKind, bytes: Uint8Array = nothing): Uint8Array => {
  if (bytes.length > maxDataFrameBytes) throw new RangeError(`a frame holds at most ${maxDataFrameBytes} bytes, not ${bytes.length}`)
  const frame = new Uint8Array(linkHeaderBytes + bytes.length)
  frame[0] = kinds.indexOf(kind)
  frame[1] = bytes.length >>> 16
  frame[2] = bytes.length >>> 8
  frame[3] = bytes.length
  frame.set(bytes, linkHeaderBytes)
  return frame
}

export interface LinkFrameReader {
  /** The frames that are whole after these bytes, oldest first; `undefined` once the stream broke the cap, and ever after. */
  push(bytes: Uint8Array): readonly LinkFrame[] | undefined
}

/** Cuts a stream back into frames, however the transport sliced it. Frames own their bytes. */
export const createLinkFrameReader = (maxBytes: number = maxDataFrameBytes): LinkFrameReader => {
  const header = new Uint8Array(linkHeaderBytes)
  let headerFilled = 0
  let body: Uint8Array | undefined
  let bodyFilled = 0
  let broken = false

  return {
    push(bytes) {
      if (broken) return undefined
      const frames: LinkFrame[] = []
      let at = 0
      while (at < bytes.length || body?.length === bodyFilled) {
        if (body === undefined) {
          const taken = bytes.subarray(at, at + linkHeaderBytes - headerFilled)
          header.set(taken, headerFilled)
          headerFilled += taken.length
          at += taken.length
          if (headerFilled < linkHeaderBytes) break
          const length = lengthIn(header)
          if (length > maxBytes) {
            broken = true
            return undefined
          }
          body = new Uint8Array(length)
          bodyFilled = 0
        }
        const taken = bytes.subarray(at, at + body.length - bodyFilled)
        body.set(taken, bodyFilled)
        bodyFilled += taken.length
        at += taken.length
        if (bodyFilled < body.length) break
        const kind = kinds[header[0] ?? kinds.length]
        if (kind !== undefined) frames.push({ kind, bytes: body })
        body = undefined
        bodyFilled = 0
        headerFilled = 0
      }
      return frames
    },
  }
}

const lengthIn = (header: Uint8Array): number => ((header[1] ?? 0) << 16) | ((header[2] ?? 0) << 8) | (header[3] ?? 0)

// One direction of a cable: what goes in comes out late, thinned, at a certain rate, and in order unless some are let pass.
import { perfect, type Quality } from './quality.ts'

/** Bytes that wait for their turn on a slow cable; what comes on top is lost, as in a router. */
const queueBytes = 256 * 1024

export interface Lane {
  /** Takes a packet; it is delivered later, or never. */
  take(packet: Uint8Array): void
  /** From the next packet on. */
  become(quality: Quality): void
}

export const createLane = (deliver: (packet: Uint8Array) => void, random: () => number = Math.random): Lane => {
  let quality = perfect
  const waiting: { readonly packet: Uint8Array; readonly dueAt: number }[] = []
  let timer: NodeJS.Timeout | undefined
  /** When the last packet of the line comes out, and when the last one has been put on the cable. */
  let lastDueAt = 0
  let sentAt = 0

  const release = (): void => {
    timer = undefined
    for (let first = waiting[0]; first !== undefined && first.dueAt <= performance.now(); first = waiting[0]) {
      waiting.shift()
      deliver(first.packet)
    }
    const next = waiting[0]
    if (next !== undefined) timer ??= setTimeout(release, Math.max(0, next.dueAt - performance.now()))
  }

  return {
    become(next) {
      quality = next
    },
    take(packet) {
      if (random() < quality.loss) return
      const now = performance.now()
      if (quality.rateMbit > 0) {
        const bytesPerMs = quality.rateMbit * 125
        sentAt = Math.max(sentAt, now)
        if ((sentAt - now) * bytesPerMs > queueBytes) return
        sentAt += packet.length / bytesPerMs
      } else sentAt = now
      const dueAt = sentAt + quality.delayMs + random() * quality.jitterMs
      if (random() < quality.reordered) {
        setTimeout(() => deliver(packet), (sentAt - now + quality.delayMs) / 2)
        return
      }
      lastDueAt = Math.max(lastDueAt, dueAt)
      waiting.push({ packet, dueAt: lastDueAt })
      if (timer === undefined) release()
    },
  }
}

// Noise: beside every true frame now and then a damaged copy, an old one again, or nothing but garbage, as a broken device would send.
import type { SimDice } from '../world/dice.ts'
import type { CreateVice } from './vice.ts'

/** Chance of something false beside a true frame. */
const falseness = 0.15
/** Frames that are kept to be spoiled. */
const maxKept = 300

export const createNoise: CreateVice = ({ dice }) => {
  const sent: Uint8Array[] = []
  return {
    wrap: (network) => ({
      ...network,
      send: async (device, frame) => {
        if (sent.length < maxKept) sent.push(Uint8Array.from(frame))
        if (dice.happens(falseness)) await network.send(device, damaged(dice, sent)).catch(() => false)
        return network.send(device, frame)
      },
      publish: async (topic, bytes) => {
        if (dice.happens(falseness)) await network.publish(topic, damaged(dice, [bytes]))
        return network.publish(topic, bytes)
      },
    }),
  }
}

/** Something made of what was sent before: as it was, cut, changed in a few places, or doubled; or nothing but noise. */
export const damaged = (dice: SimDice, frames: readonly Uint8Array[]): Uint8Array => {
  const frame = dice.pick(frames)
  if (frame === undefined || dice.happens(0.1)) return dice.bytes(dice.between(0, 300))
  switch (dice.weighted({ whole: 3, cut: 2, changed: 5, doubled: 1 })) {
    case 'whole':
      return frame
    case 'cut':
      return frame.subarray(0, dice.between(0, frame.length))
    case 'changed': {
      const changed = Uint8Array.from(frame)
      for (let i = dice.between(1, 4); i > 0 && changed.length > 0; i--) changed[dice.between(0, changed.length - 1)] = dice.between(0, 255)
      return changed
    }
    case 'doubled': {
      const doubled = new Uint8Array(frame.length * 2)
      doubled.set(frame)
      doubled.set(frame, frame.length)
      return doubled
    }
  }
}

// What happens to people and not by them: crashes, restarts, cuts, a node that goes away, clocks that jump, disks that are full.
import type { DeviceId } from '../../../src/core/ids.ts'
import type { SimDevice } from './device.ts'
import type { SimDice } from './dice.ts'
import { nodeAddress } from './config.ts'
import type { World } from './world.ts'

export type Weather = 'crash' | 'restart' | 'cut' | 'cutOneWay' | 'heal' | 'nodeDown' | 'nodeUp' | 'clockJump' | 'diskFull'

export interface Sky {
  happen(weather: Weather): void
  /** Everything works again: every device is on, linked as it likes, on a good network. Clocks stay wrong. */
  heal(): void
}

const yearMs = 365 * 86_400_000

export const createSky = (world: World): Sky => {
  const dice: SimDice = world.dice.fork('weather')
  const { hub, scheduler, weather } = world
  const later = (ms: number, label: string, call: () => void): void => void scheduler.after(weather, ms, label, call)
  const sometime = (): number => (dice.happens(0.5) ? dice.between(0, 2_000) : dice.between(2_000, 60_000))

  const groupOf = new Map<SimDevice, number>()
  const split = (isOneWay: boolean): void => {
    for (const device of world.devices) groupOf.set(device, dice.between(0, 1))
    const nodeGroup = dice.between(0, 2)
    const placeOf = (place: string): number => {
      if (place === nodeAddress) return nodeGroup
      const device = world.deviceOf(place as DeviceId)
      return device === undefined ? 0 : (groupOf.get(device) ?? 0)
    }
    hub.cut((from, to) => {
      const [a, b] = [placeOf(from), placeOf(to)]
      // A node of group 2 is reached by all.
      return a === b || a === 2 || b === 2 || (isOneWay && a < b)
    })
  }

  const happenings: Readonly<Record<Weather, (device: SimDevice) => void>> = {
    crash: (device) => {
      device.crash(dice.happens(0.7) ? 'late' : 'at once')
      later(sometime(), 'switch on', () => device.start())
    },
    restart: (device) => {
      void device.stop()
      later(sometime() + 1_000, 'switch on', () => {
        device.crash('late')
        device.start()
      })
    },
    cut: () => split(false),
    cutOneWay: () => split(true),
    heal: () => hub.cut(undefined),
    nodeDown: () => hub.setNode(nodeAddress, false),
    nodeUp: () => hub.setNode(nodeAddress, true),
    clockJump: (device) => {
      device.jumpedAt = scheduler.now()
      device.skewMs = dice.happens(0.3) ? dice.between(-yearMs, yearMs) : dice.between(-120_000, 120_000)
    },
    diskFull: (device) => {
      device.quotaFailure = dice.next()
      later(sometime(), 'room on the disk', () => {
        device.quotaFailure = 0
      })
    },
  }

  return {
    happen: (kind) => {
      const device = dice.pick(world.devices)!
      world.note(`weather: ${kind} (${device.name})`)
      happenings[kind](device)
    },
    heal: () => {
      hub.setFaults({ latencyMs: [5, 60], dialMs: [20, 200], noticeMs: [50, 500], relayedFirst: 0.3 })
      hub.cut(undefined)
      hub.setNode(nodeAddress, true)
      for (const device of world.devices) {
        device.quotaFailure = 0
        device.start()
      }
    },
  }
}

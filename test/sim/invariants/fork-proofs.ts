// Whoever tells different people different things is found out: when two honest members hold different events by one device in one place,
// both hold a proof of it, and both show it. What lies at or below the floor of a newcomer is not theirs to see, and whoever has blocked
// somebody, or is blocked, may not hear of it.
import { deviceOf, laneOf } from '../../../src/core/log/chains.ts'
import { forksOf } from '../world/forks.ts'
import { areApart, conversationRecord, eventsOn, identityOf, rowAt } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createForkProofs: CreateInvariant = ({ world }) => {
  const name = 'forks are proven'
  return {
    name,
    atRest: ({ seenByDevice }) => {
      for (const conversation of new Set([...seenByDevice.values()].flatMap((seen) => [...seen.keys()]))) {
        const members = [...seenByDevice].flatMap(([device, seen]) =>
          seen.get(conversation)?.summary.standing === 'member' ? [device] : [],
        )
        const isApart = members.some((one) => members.some((other) => areApart(one.disk, other.disk)))
        const { fromByChain, inMembers } = forksOf(world, conversation)
        if (isApart || inMembers) continue
        for (const [key, from] of fromByChain) {
          const [lane, liar] = [laneOf(key), deviceOf(key)]
          const tales = new Set<string>()
          const told = members.filter((device) => {
            const event = eventsOn(device.disk, conversation).find(
              (other) => other.lane === lane && other.device === liar && other.seq === from,
            )
            if (event !== undefined) tales.add(event.id)
            return event !== undefined
          })
          if (tales.size < 2) continue
          for (const device of told) {
            const floor = conversationRecord(device.disk, conversation)?.people.find(
              (person) => person.identity === identityOf(device.disk),
            )?.floor
            const isBelow = floor?.some((head) => head.lane === lane && head.device === liar && head.seq >= from) ?? false
            if (!isBelow && rowAt(device.disk, 'forks', [conversation, lane, liar]) === undefined)
              world.violate(name, `${device.name} was told another tale than others by ${world.deviceOf(liar)?.name} and has no proof`)
          }
        }
      }
    },
  }
}

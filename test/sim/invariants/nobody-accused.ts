// A fork proof is an accusation for all to see: nobody keeps one against a device that told everybody the same.
import type { CreateInvariant } from './invariant.ts'

export const createNobodyAccused: CreateInvariant = ({ world }) => {
  const name = 'nobody is accused falsely'
  return {
    name,
    commit: (device, writes) => {
      for (const write of writes) {
        const accused = write.kind === 'put' && write.table === 'forks' ? world.deviceOf(write.key[2]) : undefined
        if (accused?.isHostile === false) world.violate(name, `${device.name} keeps a fork proof against ${accused.name}`)
      }
    },
  }
}

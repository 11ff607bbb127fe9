// An own message stays in the outbox until a device of each person for whom it is has said to have it.
import { lanes } from '../../../src/core/event/event.ts'
import type { AcknowledgedRecord } from '../../../src/ports/tables.ts'
import { conversationRecord, identityOf, rowAt } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createOutboxKept: CreateInvariant = ({ world }) => {
  const name = 'the outbox keeps what somebody lacks'
  return {
    name,
    commit: (device, writes) => {
      for (const write of writes) {
        if (write.kind !== 'delete' || write.table !== 'outbox') continue
        const [conversation, seq] = write.key
        const hasIt = (other: string): boolean =>
          (rowAt(device.disk, 'acknowledged', [conversation, other]) as AcknowledgedRecord | undefined)?.have.some(
            ([chain, upTo]) => chain === device.id() && upTo >= seq,
          ) === true
        const lacking = conversationRecord(device.disk, conversation)?.people.find(
          ({ identity, floor, devices }) =>
            identity !== identityOf(device.disk) &&
            !floor.some((head) => head.lane === lanes.content && head.device === device.id() && head.seq >= seq) &&
            !devices.some(hasIt),
        )
        if (lacking !== undefined) world.violate(name, `${device.name} lets go of number ${seq}, which ${lacking.name} lacks`)
      }
    },
  }
}

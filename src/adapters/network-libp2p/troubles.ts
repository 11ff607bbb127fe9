// Why devices were not reached, or were lost, last: one trouble each, told with the status. The same trouble again is no news, so that a device
// that is away for a day is one line, which says since when.
import type { DeviceId } from '../../core/ids.ts'
import type { DeviceTrouble, LinkTrouble } from '../../ports/network.ts'

export interface Troubles {
  note(device: DeviceId, trouble: LinkTrouble): void
  /** A link stands: what comes next is a new trouble, also of the same kind. */
  linked(device: DeviceId): void
  /** Of these devices. */
  of(isMeant: (device: DeviceId) => boolean): readonly DeviceTrouble[]
}

export const createTroubles = (changed: () => void): Troubles => {
  const last = new Map<DeviceId, DeviceTrouble & { readonly isOver: boolean }>()
  return {
    note(device, trouble) {
      const known = last.get(device)
      if (known?.trouble === trouble && !known.isOver) return
      last.set(device, { device, trouble, at: Date.now(), isOver: false })
      changed()
    },
    linked(device) {
      const known = last.get(device)
      if (known !== undefined) last.set(device, { ...known, isOver: true })
    },
    of: (isMeant) => [...last.values()].flatMap(({ device, trouble, at }) => (isMeant(device) ? [{ device, trouble, at }] : [])),
  }
}

/** What a failed dial says of the device; `isLate` when the time for it was over. */
export const troubleOf = (failure: unknown, isLate: boolean): LinkTrouble => {
  if (isLate) return 'silent'
  const failures: readonly unknown[] = failure instanceof AggregateError ? failure.errors : [failure]
  if (failures.every((each) => each instanceof Error && each.name === 'TimeoutError')) return 'silent'
  return failures.every((each) => String(each).includes('NO_RESERVATION')) ? 'away' : 'failed'
}

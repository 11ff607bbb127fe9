// The identity and device of this browser, as the journeys need them.
import type { DeviceId, IdentityId } from '../core/ids.ts'

export interface Me {
  readonly identity: IdentityId
  readonly device: DeviceId
}

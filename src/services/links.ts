// The links that stand now, and the one place from which frames are sent on them.
import type { DeviceId } from '../core/ids.ts'
import type { LinkPath, NetworkDep } from '../ports/network.ts'

export interface Links {
  pathTo(device: DeviceId): LinkPath | undefined
  devices(): readonly DeviceId[]
  /** Fire and forget: a frame that is lost with its link is made good by the sync of the next. */
  send(device: DeviceId, frame: Uint8Array): void
  up(device: DeviceId, path: LinkPath): void
  down(device: DeviceId): void
}

export const createLinks = ({ network }: NetworkDep): Links => {
  const paths = new Map<DeviceId, LinkPath>()
  return {
    pathTo: (device) => paths.get(device),
    devices: () => [...paths.keys()],
    send: (device, frame) => {
      void network.send(device, frame)
    },
    up: (device, path) => {
      paths.set(device, path)
    },
    down: (device) => {
      paths.delete(device)
    },
  }
}

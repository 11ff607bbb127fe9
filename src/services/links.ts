// The links that stand now, and the one place from which frames are sent on them.
import type { DeviceId } from '../core/ids.ts'
import type { DeviceTrouble, LinkPath, NetworkDep } from '../ports/network.ts'

export interface Links {
  pathTo(device: DeviceId): LinkPath | undefined
  devices(): readonly DeviceId[]
  /** Not linked, and when it was tried last it was not reached. */
  isMissing(device: DeviceId): boolean
  /** Fire and forget: a frame that is lost with its link is made good by the sync of the next. */
  send(device: DeviceId, frame: Uint8Array): void
  up(device: DeviceId, path: LinkPath): void
  down(device: DeviceId): void
  /** What the network last told of trouble with devices; `true` when there is any of which nothing was known. */
  troubled(troubles: readonly DeviceTrouble[]): boolean
}

export const createLinks = ({ network }: NetworkDep): Links => {
  const paths = new Map<DeviceId, LinkPath>()
  /** When the last trouble was, in milliseconds since 1970, and whether there was a link since. */
  const troubles = new Map<DeviceId, { readonly at: number; isOver: boolean }>()
  return {
    pathTo: (device) => paths.get(device),
    devices: () => [...paths.keys()],
    isMissing: (device) => troubles.get(device)?.isOver === false,
    send: (device, frame) => {
      void network.send(device, frame)
    },
    up: (device, path) => {
      paths.set(device, path)
      const trouble = troubles.get(device)
      if (trouble !== undefined) trouble.isOver = true
    },
    down: (device) => {
      paths.delete(device)
    },
    troubled: (told) => {
      const news = told.filter(({ device, trouble, at }) => trouble !== 'lost' && troubles.get(device)?.at !== at)
      for (const { device, at } of news) troubles.set(device, { at, isOver: paths.has(device) })
      return news.length > 0
    },
  }
}

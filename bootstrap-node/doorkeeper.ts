// Counts who holds connections and relay slots, by household and site, and says no in time: before a handshake costs anything.
import { subnetOf } from './subnet.ts'
import { createTokenBuckets } from './token-buckets.ts'
import type { Limits } from './limits.ts'

export interface Doorkeeper {
  /** Whether an address may open one more connection; if so it is counted until `leave`. */
  enter(address: string): boolean
  leave(address: string): void
  /** Whether an address may open one more TCP socket; if so it is counted until `disconnect`. */
  connect(address: string): boolean
  disconnect(address: string): void
  /** Whether an address may hold one more relay slot, given the addresses that hold one already. */
  mayReserve(address: string, holders: Iterable<string>): boolean
  /** Connections and sockets refused so far. */
  readonly refused: number
}

export const createDoorkeeper = (limits: Limits, now: () => number = Date.now): Doorkeeper => {
  const perHousehold = new Map<string, number>()
  const perSite = new Map<string, number>()
  const sockets = new Map<string, number>()
  const rate = createTokenBuckets(() => ({ burst: limits.connectionBurst, perSecond: limits.connectionsPerSecond }))
  const socketRate = createTokenBuckets(() => ({ burst: limits.socketsPerSubnet, perSecond: limits.socketsPerSecond }))
  let open = 0
  let refused = 0

  const mayEnter = (address: string): boolean => {
    if (open >= limits.connections) return false
    const { household, site, local } = subnetOf(address)
    if (local) return true
    return (
      (perHousehold.get(household) ?? 0) < limits.connectionsPerSubnet &&
      (perSite.get(site) ?? 0) < limits.connectionsPerSite &&
      rate.take(household, now())
    )
  }
  const count = (address: string, difference: number): void => {
    open += difference
    const { household, site, local } = subnetOf(address)
    if (local) return
    add(perHousehold, household, difference)
    add(perSite, site, difference)
  }

  return {
    enter(address) {
      const granted = mayEnter(address)
      if (granted) count(address, 1)
      else refused++
      return granted
    },
    leave(address) {
      count(address, -1)
    },
    connect(address) {
      const { household, local } = subnetOf(address)
      const granted = local || ((sockets.get(household) ?? 0) < limits.socketsPerSubnet && socketRate.take(household, now()))
      if (granted) add(sockets, household, 1)
      else refused++
      return granted
    },
    disconnect(address) {
      add(sockets, subnetOf(address).household, -1)
    },
    mayReserve(address, holders) {
      const { household, site, local } = subnetOf(address)
      if (local) return true
      let inHousehold = 0
      let inSite = 0
      for (const holder of holders) {
        const other = subnetOf(holder)
        if (other.household === household) inHousehold++
        if (other.site === site) inSite++
      }
      const siteLimit = household === site ? limits.reservationsPerSubnet : limits.reservationsPerSite
      return inHousehold < limits.reservationsPerSubnet && inSite < siteLimit
    },
    get refused() {
      return refused
    },
  }
}

const add = (counts: Map<string, number>, key: string, difference: number): void => {
  const count = (counts.get(key) ?? 0) + difference
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
}

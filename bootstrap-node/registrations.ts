// Who can be found under which name, in memory only. A registration ends with its time or with its device's last connection.
// Cookies are this run's number and a counter: whoever comes back with one gets only what was registered since.
import { maxDiscoverLimit } from '../src/core/wire/rendezvous.ts'
import type { Registration } from '../src/core/wire/rendezvous.ts'
import type { Limits } from './limits.ts'

interface Entry {
  readonly registration: Registration
  readonly peer: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
  /** Counts up over all registrations. */
  readonly order: number
}

export interface Registrations {
  /** `false` when the device or the node holds as many as it may. */
  add(peer: string, registration: Registration & { readonly ttl: number }, now: number): boolean
  remove(peer: string, ns: string): void
  forget(peer: string): void
  /** The newest first, at most `limit`, none that came before `cookie`; `undefined` when the cookie is not one of ours for this name. */
  find(
    ns: string,
    limit: number,
    cookie: Uint8Array | undefined,
    now: number,
  ): { readonly found: Registration[]; readonly cookie: Uint8Array } | undefined
  readonly size: number
}

export const createRegistrations = (limits: Limits, run: Uint8Array): Registrations => {
  /** For each name its entries by peer; a new entry of a peer goes to the end. */
  const entriesByName = new Map<string, Map<string, Entry>>()
  const namesByPeer = new Map<string, Set<string>>()
  let order = 0
  let size = 0

  const remove = (peer: string, ns: string): void => {
    const entries = entriesByName.get(ns)
    if (entries?.delete(peer) !== true) return
    size--
    if (entries.size === 0) entriesByName.delete(ns)
    const names = namesByPeer.get(peer)
    names?.delete(ns)
    if (names?.size === 0) namesByPeer.delete(peer)
  }

  return {
    add(peer, registration, now) {
      remove(peer, registration.ns)
      const names = namesByPeer.get(peer) ?? new Set()
      if (names.size >= limits.registrationsPerPeer || size >= limits.registrations) return false
      const entries = entriesByName.get(registration.ns) ?? new Map<string, Entry>()
      entries.set(peer, { registration, peer, endsAt: now + registration.ttl * 1000, order: ++order })
      entriesByName.set(registration.ns, entries)
      namesByPeer.set(peer, names.add(registration.ns))
      size++
      return true
    },
    remove,
    forget(peer) {
      for (const ns of [...(namesByPeer.get(peer) ?? [])]) remove(peer, ns)
    },
    find(ns, limit, cookie, now) {
      const since = cookie === undefined ? 0 : counterIn(cookie, run)
      if (since === undefined) return undefined
      for (const entry of [...(entriesByName.get(ns)?.values() ?? [])]) if (entry.endsAt <= now) remove(entry.peer, ns)
      const fresh = [...(entriesByName.get(ns)?.values() ?? [])]
        .filter((entry) => entry.order > since)
        .slice(-Math.min(limit, maxDiscoverLimit))
      const left = (entry: Entry): Registration => ({ ...entry.registration, ttl: Math.ceil((entry.endsAt - now) / 1000) })
      return { found: fresh.toReversed().map(left), cookie: cookieAt(order, run) }
    },
    get size() {
      return size
    },
  }
}

const cookieAt = (order: number, run: Uint8Array): Uint8Array => {
  const cookie = new Uint8Array(16)
  cookie.set(run.subarray(0, 8))
  new DataView(cookie.buffer).setBigUint64(8, BigInt(order))
  return cookie
}

const counterIn = (cookie: Uint8Array, run: Uint8Array): number | undefined => {
  if (cookie.length !== 16 || !run.subarray(0, 8).every((byte, index) => cookie[index] === byte)) return undefined
  return Number(new DataView(cookie.buffer, cookie.byteOffset).getBigUint64(8))
}

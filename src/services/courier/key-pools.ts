// One-time keys in practice: every device of a contact is given a batch over the link (or inside an envelope), and says when few are left.
// Private halves are committed before the public ones are told. See core/courier/one-time-keys.
import { accept, faded, handOut, nameOneTimeKey, stale, usable, type PublicKey } from '../../core/courier/one-time-keys.ts'
import { encodeLinkMessage } from '../../core/sync/messages.ts'
import type { DeviceId } from '../../core/ids.ts'
import { hpkeSuites } from '../../ports/cipher.ts'
import type { StoreReader, Write } from '../../ports/store.ts'
import type { Links } from '../links.ts'
import type { Session } from '../session.ts'
import type { Contacts } from './contacts.ts'
import { createOneAtATime } from './one-at-a-time.ts'

export interface KeyPools {
  /** Tells a device how many of its keys are left here. */
  say(device: DeviceId): void
  /** A device says how many keys of this device it has left. */
  asked(device: DeviceId, left: number): void
  /** A device gives keys. */
  given(device: DeviceId, keys: readonly Uint8Array[]): void
  /** Keys of a device that may be used, oldest first. */
  usable(device: DeviceId): Promise<readonly PublicKey[]>
  /** As many keys as a device needs that has so many left; the writes are to be committed before the keys are told. */
  make(device: DeviceId, left: number): Promise<{ readonly keys: readonly Uint8Array[]; readonly writes: readonly Write[] }>
}

/** Between two hand-outs to one device: whoever asks without end is not served without end. */
const restMs = 30_000

export const createKeyPools = (session: Session, links: Links, contacts: Contacts, gained: (device: DeviceId) => void): KeyPools => {
  const { store, clock } = session
  const queue = createOneAtATime()
  const givenAt = new Map<DeviceId, number>()
  const poolOf = async (reader: StoreReader, device: DeviceId): Promise<readonly PublicKey[]> =>
    (await reader.list('oneTimeKeys', ['theirs', device])).map(({ key, value }) => ({ name: key[2], ...value }))

  const make: KeyPools['make'] = async (device, left) => {
    const count = handOut(left)
    if (count === 0) return { keys: [], writes: [] }
    const mine = await store.read((reader) => reader.list('oneTimeKeys', ['mine', device]))
    const now = clock.now()
    const old = faded(
      mine.map(({ key, value }) => ({ name: key[2], at: value.at })),
      count,
      now,
    )
    const writes: Write[] = old.map((name) => ({ kind: 'delete', table: 'oneTimeKeys', key: ['mine', device, name] }))
    const keys: Uint8Array[] = []
    for (let made = 0; made < count; made++) {
      const { publicKey, privateKey } = await session.hpke.generate(hpkeSuites.x25519)
      keys.push(publicKey)
      const key = ['mine', device, nameOneTimeKey(publicKey)] as const
      writes.push({ kind: 'put', table: 'oneTimeKeys', key, value: { key: privateKey, at: now } })
    }
    return { keys, writes }
  }

  return {
    make,
    usable: async (device) => usable(await store.read((reader) => poolOf(reader, device)), clock.now()),
    say: (device) =>
      queue(async () => {
        const pool = await store.read((reader) => poolOf(reader, device))
        const names = stale(pool, clock.now())
        await store.commit(names.map((name) => ({ kind: 'delete', table: 'oneTimeKeys', key: ['theirs', device, name] })))
        links.send(device, encodeLinkMessage({ kind: 'keys-left', left: pool.length - names.length }))
      }),
    asked: (device, left) => {
      const now = clock.now()
      const last = givenAt.get(device)
      if (!contacts.needsKeys(device) || (last !== undefined && now >= last && now - last < restMs)) return
      givenAt.set(device, now)
      queue(async () => {
        const { keys, writes } = await make(device, left)
        if (keys.length === 0) return
        await store.commit(writes)
        links.send(device, encodeLinkMessage({ kind: 'one-time-keys', keys }))
      })
    },
    given: (device, keys) => {
      if (!contacts.needsKeys(device)) return
      queue(async () => {
        const fresh = accept(await store.read((reader) => poolOf(reader, device)), keys, clock.now())
        await store.commit(
          fresh.map(({ name, key, at }) => ({ kind: 'put', table: 'oneTimeKeys', key: ['theirs', device, name], value: { key, at } })),
        )
        if (fresh.length > 0) gained(device)
      })
    },
  }
}

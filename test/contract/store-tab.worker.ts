// Another tab: a realm of its own with its own connection to the same database, told what to do by messages.
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import type { Key } from '../../src/ports/store.ts'
import { loosen, put, type LooseStore } from './loose-store.ts'

export type TabCommand =
  | { readonly kind: 'open'; readonly name: string; readonly vaultKey: Uint8Array }
  | { readonly kind: 'commit'; readonly table: string; readonly key: Key; readonly value: unknown }
  | { readonly kind: 'watch'; readonly table: string; readonly key: Key }
  | { readonly kind: 'recheck' }

let store: LooseStore
let recheck: () => void
self.addEventListener('message', ({ data }: MessageEvent<TabCommand>) => {
  void run(data).then(() => self.postMessage({ kind: 'done', what: data.kind }))
})

const run = async (command: TabCommand): Promise<void> => {
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
  switch (command.kind) {
    case 'open':
      {
        const opened = await createIndexedDbStore({ ...command, random, migrations: [{ version: 1, adds: ['one', 'two'] }] })
        store = loosen(opened)
        recheck = opened.recheck
      }
      break
    case 'commit':
      await store.commit([put(command.table, command.key, command.value)])
      break
    case 'watch':
      store.watch((reader) => reader.get(command.table, command.key)).subscribe((value) => self.postMessage({ kind: 'seen', value }))
      break
    case 'recheck':
      recheck()
      break
  }
}

// The store of tests and of the simulator: the whole port over arrays in memory. No timers, no chance: only microtasks, so the same
// calls give the same order of events every time. A crash is a store that is closed, or just forgotten, and another on the same disk.
import { copyKey } from '../../core/record/key.ts'
import { copyPlain } from '../../core/record/plain.ts'
import { StoreError, type Key, type Store, type StoreFailure, type StoreReader, type TableName, type Write } from '../../ports/store.ts'
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts'
import { createMemoryReader, type Look } from './memory-reader.ts'
import { createWatch } from './watch.ts'

/** Where a store can be made to fail or to dawdle. After `committed` the bytes are on the disk, but the caller does not know yet. */
export type MemoryStoreStep = 'read' | 'commit' | 'committed'

export interface MemoryStoreOptions {
  /** Where the records are; a new one unless given. Several stores on one disk are tabs of one browser. */
  readonly disk?: MemoryDisk
  /** Asked at each read (also those of watches) and each commit, before it does anything: a failure to throw instead. */
  readonly fail?: (step: 'read' | 'commit') => StoreFailure | undefined
  /** Waited for at each step: the simulator's place for delays, and for crashes in between. A store that was closed meanwhile stops there. */
  readonly pause?: (step: MemoryStoreStep) => Promise<void> | undefined
}

export const createMemoryStore = ({ disk = createMemoryDisk(), fail, pause }: MemoryStoreOptions = {}): Store => {
  let closed = false
  const damaged = new Set<string>()
  /** Ends each open subscription. */
  const endings = new Set<() => void>()

  const shut = () => {
    closed = true
    for (const end of endings) end()
    endings.clear()
    stopListening()
  }
  const stopListening = disk.listen((change) => {
    if (change.kind === 'destroy') shut()
  })
  const checkOpen = () => {
    if (closed) throw new StoreError('closed')
  }
  const begin = async (step: 'read' | 'commit') => {
    checkOpen()
    await pause?.(step)
    checkOpen()
    const failure = fail?.(step)
    if (failure !== undefined) throw new StoreError(failure)
  }

  const readOnce = async <T>(what: (reader: StoreReader) => Promise<T>, onLook?: (look: Look) => void): Promise<T> => {
    await begin('read')
    let over = false
    const check = () => {
      checkOpen()
      if (over) throw new Error('a reader was used after its read had ended')
    }
    const onDamaged = (table: TableName, key: Key) => damaged.add(JSON.stringify([table, key]))
    const reader = createMemoryReader({ state: disk.state(), check, onDamaged, ...(onLook === undefined ? {} : { onLook }) })
    try {
      return await what(reader)
    } finally {
      over = true
    }
  }

  return {
    read: (what) => readOnce(what),
    commit: async (writes, durability = 'strict') => {
      // At once, so that a caller who goes on changing the value changes nothing here.
      const copies = writes.map(copyWrite)
      await begin('commit')
      if (copies.length > 0) disk.apply(copies, durability)
      await pause?.('committed')
      checkOpen()
    },
    watch: (what) => createWatch({ read: (onLook) => readOnce(what, onLook), disk, endings, isClosed: () => closed }),
    damaged: () => damaged.size,
    close: async () => shut(),
    destroy: async () => {
      shut()
      disk.destroy()
    },
  }
}

const copyWrite = (write: Write): Write => {
  const key = copyKey(write.key)
  return (write.kind === 'delete' ? { ...write, key } : { ...write, key, value: copyPlain(write.value) }) as Write
}

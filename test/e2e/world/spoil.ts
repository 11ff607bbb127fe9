// Spoils what a browser keeps, as a bad disk or a hostile extension would: through the page, behind its back. A row is `{ k, v }`: its key
// and its sealed bytes.
import type { Page } from 'playwright-core'

/** Flips a byte in the rows of a table that belong to a conversation. Gives how many. */
export const spoilRows = (page: Page, table: string, conversation: string): Promise<number> =>
  page.evaluate(
    async ([name, id]) => {
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('the request failed')))
        })
      const database = await settled(indexedDB.open('parley'))
      const store = database.transaction(name, 'readwrite').objectStore(name)
      const rows = (await settled(store.getAll())) as { readonly k: IDBValidKey; readonly v: Uint8Array }[]
      const wanted = rows.filter(({ k }) => Array.isArray(k) && k[0] === id)
      for (const { k, v } of wanted) {
        const middle = v.length >> 1
        v[middle] = (v[middle] ?? 0) ^ 0x55
        await settled(store.put({ k, v }))
      }
      database.close()
      return wanted.length
    },
    [table, conversation] as const,
  )

/** Puts rows of garbage into a table, wrong in type and size. */
export const plantRows = (page: Page, table: string, keys: readonly (readonly (string | number)[])[]): Promise<void> =>
  page.evaluate(
    async ([name, given]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('parley')
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')))
      })
      const transaction = database.transaction(name, 'readwrite')
      const written = new Promise<void>((resolve, reject) => {
        transaction.addEventListener('complete', () => resolve())
        transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not written')))
      })
      const garbage: readonly unknown[] = ['garbage', 7, { kind: 'message' }, new Uint8Array(3), new Uint8Array(300).fill(255), null]
      given.forEach((k, i) => transaction.objectStore(name).put({ k: [...k], v: garbage[i % garbage.length] }))
      await written
      database.close()
    },
    [table, keys] as const,
  )

// The room that a browser gives to the page: how it comes to an end, and how there is some again.
import type { Page } from 'playwright-core'
import { until } from './until.ts'

/** Bytes that are enough for any story. */
const ampleBytes = 16 * 1024 * 1024
/** Milliseconds for which Chromium may believe what it last knew of the room that is left. */
const noticedMs = 60_000

export interface Disk {
  /** Nothing more is stored from now on. */
  fill(): Promise<void>
  /** There is room again. */
  clear(): Promise<void>
}

/**
 * The disk of whoever has this page, of the origin of `url`. Made before the page is opened, it is full at once: as long as less is left than a
 * writer wants, Chromium asks anew how much that is.
 */
export const createDisk = async (page: Page, url: string): Promise<Disk> => {
  const browser = await page.context().newCDPSession(page)
  const { origin } = new URL(url)
  const give = (quotaSize: number): Promise<unknown> => browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await give(ampleBytes)
  return {
    fill: async () => {
      await give(1)
      await until('the browser has noticed', async () => !(await page.evaluate(takes, ampleBytes)), noticedMs)
    },
    clear: async () => {
      await give(ampleBytes)
    },
  }
}

// Runs in the page: whether the browser stores so many bytes more.
const takes = async (bytes: number): Promise<boolean> => {
  const opening = indexedDB.open('probe')
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('bytes', { autoIncrement: true }))
  const ended = (target: IDBRequest | IDBTransaction, good: string, bad: string): Promise<boolean> =>
    new Promise((resolve) => {
      target.addEventListener(good, () => resolve(true))
      target.addEventListener(bad, () => resolve(false))
    })
  if (!(await ended(opening, 'success', 'error'))) return false
  const transaction = opening.result.transaction('bytes', 'readwrite')
  const store = transaction.objectStore('bytes')
  store.add(new Uint8Array(bytes))
  store.clear()
  const isTaken = await ended(transaction, 'complete', 'abort')
  opening.result.close()
  return isTaken
}

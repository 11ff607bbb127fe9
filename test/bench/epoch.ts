// What an epoch costs by the number of devices, with each suite, in a dedicated worker of a real Chromium as in the product: its bytes, the
// time to make it and the time to open it. The figures behind `maxHybridDevices`.
import { round, table } from './figures.ts'
import type { EpochFigure } from './epoch-worker.ts'
import { onSourcePage } from './source-page.ts'

export interface EpochFigures {
  readonly epochs: readonly EpochFigure[]
}

const program = 'test/bench/epoch-worker.ts'
const suites = ['xWing', 'x25519'] as const
const sizes = [2, 10, 40, 50, 150, 500]

export const benchEpoch = (): Promise<EpochFigures> =>
  onSourcePage([program], async (page) => {
    const epochs: EpochFigure[] = []
    // Once more than is told: the first run of a program is not its speed.
    for (const [suite, devices] of [
      ...suites.map((suite) => [suite, 10] as const),
      ...suites.flatMap((suite) => sizes.map((size) => [suite, size] as const)),
    ])
      epochs.push(await page.evaluate(inWorker, { program: `/${program}`, suite, devices }))
    return {
      epochs: epochs.slice(suites.length).map((figure) => ({
        ...figure,
        made: round(figure.made),
        opened: round(figure.opened),
        bare: round(figure.bare),
      })),
    }
  })

/** Runs in the page, with one worker for all. */
const inWorker = async (given: { readonly program: string; readonly suite: string; readonly devices: number }): Promise<EpochFigure> => {
  const kept = window as { epochWorker?: Worker }
  const worker = (kept.epochWorker ??= new Worker(given.program, { type: 'module' }))
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<EpochFigure>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(given)
  })
}

export const showEpoch = ({ epochs }: EpochFigures): string =>
  table([
    ['suite', 'devices', 'bytes', 'fits', 'made ms', 'opened ms', 'bare X25519 ms'],
    ...epochs.map(({ suite, devices, bytes, fitsAnEvent, made, opened, bare }) => [
      suite,
      devices,
      bytes,
      fitsAnEvent ? 'yes' : 'no',
      made,
      opened,
      bare,
    ]),
  ])

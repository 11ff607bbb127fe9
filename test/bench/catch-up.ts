// Ten thousand missed messages: Bob's page is closed while Alice writes, and opened again. From the opening and from his first link to the
// moment when the last one stands on his screen, and when she is told that he has it; two browsers, a real link, disks of their own.
// Beside it what no program could do without, in the same browser and run: see `catch-up-raw`.
import { existsSync } from 'node:fs'
import { measureRaw, type RawFigures } from './catch-up-raw.ts'
import { round, table } from './figures.ts'
import { openOnly, openSite, say, shows, talk, until, type Person } from './people.ts'
import { clockError, read } from './stopwatch.ts'

export interface CatchUpFigures {
  readonly messages: number
  /** From the opening of Bob's page to the last message on his screen; milliseconds, as all here. */
  readonly openToShown: number
  /** From his first link with her. */
  readonly linkToShown: number
  /** From his first link until Alice's screen says that he has the last one, which he says only of what is on his disk. */
  readonly linkToDelivered: number
  /** Tasks over 50 ms on a page's thread, each with its length. */
  readonly longTasks: {
    /** Bob's, before he had a link. */
    readonly opening: readonly number[]
    /** Bob's, from then on: the bar is none. */
    readonly catchingUp: readonly number[]
    /** Alice's meanwhile. */
    readonly sending: readonly number[]
  }
  readonly raw: RawFigures
  /** Of `linkToShown` and the sum of the raw figures. */
  readonly ratio: number
}

/** Milliseconds that all of it may take before the benchmark is given up. */
const deadlineMs = 240_000
/** Alice's disk is memory where the system has such a folder: ten thousand flushes would take longer than all that is measured. */
export const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : undefined
/** Commands that are under way at once while Alice writes. */
const atOnce = 64

export const benchCatchUp = async (built: string, messages: number): Promise<CatchUpFigures> => {
  const site = await openSite(built)
  try {
    const [alice, bob] = await talk(site, ({ context }) => context.addInitScript(tapPage).then(() => undefined), { folder: memoryFolder })
    await say(alice, 'the last before Bob goes')
    await shows(bob, 'the last before Bob goes')
    await bob.page.goto('about:blank')
    await until(async () => ((await alice.page.locator('.pill.direct').count()) === 0 ? true : undefined), 100)
    const conversation = await alice.page.evaluate(() => window.tapped.conversation ?? '')
    // With nothing open, so that her own screen is not drawn ten thousand times.
    await alice.page.goto(site.url)
    await alice.page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().waitFor()
    await alice.page.evaluate(writeMany, { conversation, messages, atOnce })
    await openOnly(alice)
    const before = (await longTasksOf(alice)).length

    await bob.page.goto(site.url, { waitUntil: 'commit' })
    await openOnly(bob)
    const shown = await until(async () => (await read(bob.page)).articles[`[${messages - 1}]`], 50, deadlineMs)
    const newest = alice.page.getByRole('article').last().locator('.state.delivered, .state.read')
    const delivered = await until(async () => ((await newest.count()) > 0 ? Date.now() : undefined), 50, deadlineMs)
    const { start } = await read(bob.page)
    const linked = await bob.page.evaluate(() => window.tapped.linked ?? Number.NaN)
    const bobError = await clockError(bob.page)
    const tasks = await longTasksOf(bob)
    const sending = (await longTasksOf(alice)).slice(before)
    const raw = await measureRaw(alice.page, bob.page, messages)
    const lengths = (found: readonly LongTask[]): number[] => found.map(({ ms }) => round(ms))
    return {
      messages,
      openToShown: round(shown - start),
      linkToShown: round(shown - linked),
      linkToDelivered: round(delivered - (linked - bobError)),
      longTasks: {
        opening: lengths(tasks.filter(({ at }) => at < linked)),
        catchingUp: lengths(tasks.filter(({ at }) => at >= linked && at <= shown)),
        sending: lengths(sending),
      },
      raw,
      ratio: round((shown - linked) / raw.sum),
    }
  } finally {
    await site.end()
  }
}

interface LongTask {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ms: number
}

interface Tapped {
  readonly longTasks: LongTask[]
  /** The engine's worker, and the conversation that was last written to. */
  engine?: Worker
  conversation?: string
  /** When the engine was first told of a link: milliseconds since 1970. */
  linked?: number
}

declare global {
  interface Window {
    tapped: Tapped
  }
}

const longTasksOf = ({ page }: Person): Promise<readonly LongTask[]> => page.evaluate(() => window.tapped.longTasks)

/** Runs in the page before its own programs: notes long tasks, and which worker is sent the commands. */
export const tapPage = (): void => {
  const tapped: Tapped = { longTasks: [] }
  window.tapped = tapped
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tapped.longTasks.push({ at: performance.timeOrigin + startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })
  const tell = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: never[]) {
    const [event] = (message as { argumentList?: { value?: { kind?: string } }[] }).argumentList ?? []
    if (event?.value?.kind === 'link-up') tapped.linked ??= performance.timeOrigin + performance.now()
    tell.call(this, message, ...rest)
  }
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: never[]) {
    const [name, args] = ((message as { argumentList?: { value?: unknown }[] }).argumentList ?? []).map(({ value }) => value)
    tapped.engine ??= this
    if (name === 'sendMessage') tapped.conversation = (args as string[])[0] ?? ''
    post.call(this, message, ...rest)
  }
}

/** Runs in the page: the command of the composer's Enter, again and again. A hand would need hours. */
export const writeMany = async (count: {
  readonly conversation: string
  readonly messages: number
  readonly atOnce: number
}): Promise<void> => {
  const { engine } = window.tapped
  if (engine === undefined) throw new Error('there is no engine')
  const answers = new Map<string, () => void>()
  engine.addEventListener('message', ({ data }: MessageEvent<{ readonly id?: string }>) => answers.get(data.id ?? '')?.())
  const say = (index: number): Promise<void> =>
    new Promise((resolve) => {
      const id = `bench ${index}`
      answers.set(id, resolve)
      const text = `a message of an ordinary length, as people write them [${index}]`
      const argumentList = ['sendMessage', [count.conversation, text]].map((value) => ({ type: 'RAW', value }))
      engine.postMessage({ id, type: 'APPLY', path: ['command'], argumentList })
    })
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count.messages) await say(next++)
  }
  await Promise.all(Array.from({ length: count.atOnce }, worker))
}

export const showCatchUp = (figures: CatchUpFigures): string => {
  const { longTasks, raw } = figures
  return [
    table([
      [`ms, ${figures.messages} messages`, 'Parley'],
      ['page opened to the last on the screen', figures.openToShown],
      ['link to the last on the screen', figures.linkToShown],
      ['link to "Delivered" at the sender', figures.linkToDelivered],
      ['beside it, sum of the raw figures', raw.sum],
      ['   the bytes over a bare data channel', raw.channel],
      ['   signatures checked by WebCrypto', raw.verify],
      ['   rows into bare IndexedDB', raw.rows],
      ['ratio', figures.ratio],
    ]),
    `tasks over 50 ms on the page's thread: opening ${shownTasks(longTasks.opening)}; catching up ${shownTasks(longTasks.catchingUp)}; sender ${shownTasks(longTasks.sending)}`,
  ].join('\n')
}

const shownTasks = (tasks: readonly number[]): string => (tasks.length === 0 ? 'none' : tasks.join(', '))

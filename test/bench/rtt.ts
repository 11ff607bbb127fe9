// From a keystroke to the screen of somebody else, and a frame's way there and back beside a bare data channel's.
import { setTimeout as sleep } from 'node:timers/promises'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import { messageField, openSite, talk, until, type Person } from './people.ts'
import { clockError, read } from './stopwatch.ts'
import { benchWire, type WireFigures } from './wire.ts'

/** Milliseconds between two messages: faster than anybody writes. */
const paceMs = 150
/** Milliseconds from the last letter to Enter: two keys in a row, by a quick hand. */
const lastLetterMs = 90

export interface RttFigures {
  /** Enter down in one browser to the message's frame in the other. */
  readonly keystroke: Figure
  /** Enter down to the message's frame in the same browser. */
  readonly ownScreen: Figure
  /** A frame of the screen: what is waited for at the end, half of it on average. */
  readonly frameMs: number
  readonly wire: WireFigures
}

export const benchRtt = async (built: string, count: number): Promise<RttFigures> => {
  const keystroke = await benchKeystroke(built, count)
  return { ...keystroke, wire: await benchWire(count) }
}

export const benchKeystroke = async (built: string, count: number): Promise<Omit<RttFigures, 'wire'>> => {
  const site = await openSite(built)
  try {
    const [alice, bob] = await talk(site)
    await write(alice, bob, 'warm', 10)
    const [aliceError, bobError] = [await clockError(alice.page), await clockError(bob.page)]
    const enters = (await read(alice.page)).enters.length
    await write(alice, bob, 'm', count)
    const [sent, here, there] = [(await read(alice.page)).enters.slice(enters), await read(alice.page), await read(bob.page)]
    const times = (articles: Record<string, number>, error: number): number[] =>
      sent.map((at, index) => (articles[`[m${index}]`] ?? Number.NaN) - error - (at - aliceError))
    return {
      keystroke: figureOf(times(there.articles, bobError)),
      ownScreen: figureOf(times(here.articles, aliceError)),
      frameMs: await frameMs(bob),
    }
  } finally {
    await site.end()
  }
}

/** Settles when the last message is on the other screen. */
export const write = async (from: Person, to: Person, name: string, count: number): Promise<void> => {
  const field = messageField(from)
  for (let index = 0; index < count; index += 1) {
    const due = Date.now() + paceMs
    await field.fill(`a message of an ordinary length, as people write them [${name}${index}]`)
    await sleep(lastLetterMs)
    await from.page.keyboard.press('Enter')
    await sleep(Math.max(0, due - Date.now()))
  }
  await until(async () => ((await read(to.page)).articles[`[${name}${count - 1}]`] === undefined ? undefined : true), 50)
}

const frameMs = ({ page }: Person): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const from = await frame()
    let to = from
    for (let count = 0; count < 30; count += 1) to = await frame()
    return Math.round(((to - from) / 30) * 100) / 100
  })

export const showRtt = ({ keystroke, ownScreen, frameMs, wire }: RttFigures): string =>
  [
    table([
      figureHead,
      figureRow('keystroke to the other screen', keystroke),
      figureRow('keystroke to the own screen', ownScreen),
      figureRow(`${wire.bytes} bytes there and back over the link`, wire.link),
      figureRow(`${wire.bytes} bytes over a bare data channel`, wire.bare),
    ]),
    `A frame of the screen takes ${round(frameMs)} ms. The wire takes ${wire.ratio} times the bare channel's median (p99: ${wire.ratioP99}).`,
  ].join('\n')

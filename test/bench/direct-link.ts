// How soon a direct link stands between two homes, beside a bare data channel between the same two: the same browsers, turn by turn.
// The bare channel's descriptions are carried by hand, in no time; no program could do without their round trip, so it is added.
import { createLab, publicAddress } from '../e2e/net/lab.ts'
import { way } from '../e2e/net/quality.ts'
import { serveNetworkPage } from '../fixtures/network-page/serve.ts'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import { connectBare } from './wire.ts'

export interface DirectLinkFigures {
  /** From the wish for a link until a relayed one stands on the side that wished. */
  readonly relayed: Figure
  /** From the wish until a direct one stands there. */
  readonly direct: Figure
  /** From the relayed link to the direct one. */
  readonly upgrade: Figure
  /** From the offer to an open channel, the round trip of the descriptions included. */
  readonly bare: Figure
  /** Of the medians: of the whole time, and of the time from the relayed link on. */
  readonly ratio: number
  readonly upgradeRatio: number
  readonly roundTripMs: number
}

/** Milliseconds there and back between two homes; to the node it is half of it. */
const roundTripMs = 100

export const benchDirectLink = async (runs: number): Promise<DirectLinkFigures> => {
  const lab = await createLab()
  try {
    const [one, other] = [await lab.home('flat'), await lab.home('flat')]
    await lab.become(way(roundTripMs, 0))
    return await measure([one.browser, other.browser], runs)
  } finally {
    await lab.end()
  }
}

/** `browsers` are the paths of two that live in homes. */
const measure = async (browsers: readonly [string, string], runs: number): Promise<DirectLinkFigures> => {
  const site = await serveNetworkPage({ host: publicAddress })
  try {
    const [alice, bob] = [await site.open('Alice', { browser: browsers[0] }), await site.open('Bob', { browser: browsers[1] })]
    await bob.start()
    const relayed: number[] = []
    const direct: number[] = []
    const bare: number[] = []
    for (let run = 0; run < runs; run += 1) {
      // A page that has just been opened, as when somebody comes online; Bob's has been there for longer.
      await alice.page.reload()
      await alice.ready()
      await alice.start()
      await site.befriend()
      for (const visitor of [alice, bob]) await visitor.until(`event.kind === 'status' && event.nodes[0]?.state === 'reserved'`)
      const from = await alice.run((parley, device) => {
        parley.want([device])
        return performance.timeOrigin + performance.now()
      }, bob.device)
      const first = await alice.until(`event.kind === 'link-up'`, from)
      const second = await alice.until(`event.kind === 'link-up' && event.path === 'direct'`, from)
      relayed.push(first.at - from)
      direct.push(second.at - from)
      await bob.until(`event.kind === 'link-up' && event.path === 'direct'`, from)
      bare.push((await connectBare(alice.page, bob.page)) + roundTripMs)
    }
    const upgrade = direct.map((at, index) => at - (relayed[index] ?? Number.NaN))
    const [whole, step, raw] = [figureOf(direct), figureOf(upgrade), figureOf(bare)]
    return {
      relayed: figureOf(relayed),
      direct: whole,
      upgrade: step,
      bare: raw,
      ratio: round(whole.p50 / raw.p50),
      upgradeRatio: round(step.p50 / raw.p50),
      roundTripMs,
    }
  } finally {
    await site.end()
  }
}

export const showDirectLink = ({ relayed, direct, upgrade, bare, ratio, upgradeRatio }: DirectLinkFigures): string =>
  [
    `Two homes ${roundTripMs} ms apart there and back, each ${roundTripMs / 2} ms from the node.`,
    table([
      figureHead,
      figureRow('wish to a relayed link', relayed),
      figureRow('relayed link to a direct one', upgrade),
      figureRow('wish to a direct link', direct),
      figureRow('offer to an open bare channel', bare),
    ]),
    `The direct link takes ${ratio} times the bare channel's median in all, ${upgradeRatio} times from the relayed link on.`,
  ].join('\n')

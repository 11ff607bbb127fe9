// The product's link beside a bare data channel: the same two browsers, the same page, turn by turn.
import type { Page } from 'playwright-core'
import { serveNetworkPage } from '../fixtures/network-page/serve.ts'
import { figureOf, round, type Figure } from './figures.ts'

const bytes = 1_024
/** Round trips in a row before the other one's turn. */
const turn = 20

export interface WireFigures {
  readonly bytes: number
  readonly link: Figure
  readonly bare: Figure
  /** Of the medians. */
  readonly ratio: number
  readonly ratioP99: number
}

export const benchWire = async (count: number): Promise<WireFigures> => {
  const site = await serveNetworkPage()
  try {
    const [alice, bob] = [await site.open('Alice'), await site.open('Bob')]
    await alice.start()
    await bob.start()
    await site.befriend()
    await alice.run((parley, device) => parley.want([device]), bob.device)
    await alice.until(`event.kind === 'link-up' && event.path === 'direct'`)
    await bob.until(`event.kind === 'link-up' && event.path === 'direct'`)
    await bob.run((parley) => parley.echo())
    await connectBare(alice.page, bob.page)
    const link: number[] = []
    const bare: number[] = []
    for (let done = -2 * turn; done < count; done += turn) {
      const overLink = await alice.run((parley, { device, turn, bytes }) => parley.roundTrips(device, turn, bytes), {
        device: bob.device,
        turn,
        bytes,
      })
      const overBare = await alice.page.evaluate(bareRoundTrips, { count: turn, bytes })
      if (done < 0) continue
      link.push(...overLink)
      bare.push(...overBare)
    }
    const [ours, theirs] = [figureOf(link), figureOf(bare)]
    return { bytes, link: ours, bare: theirs, ratio: round(ours.p50 / theirs.p50), ratioP99: round(ours.p99 / theirs.p99) }
  } finally {
    await site.end()
  }
}

declare global {
  interface Window {
    bare?: { readonly connection: RTCPeerConnection; channel?: RTCDataChannel }
  }
}

/**
 * One data channel between two pages, its descriptions carried by hand; the milliseconds that it took to open once Alice had the answer. An
 * earlier one between them is closed. Bob sends back what is no longer than a round trip's message.
 */
export const connectBare = async (alice: Page, bob: Page): Promise<number> => {
  const offer = await alice.evaluate(async () => {
    window.bare?.connection.close()
    const connection = new RTCPeerConnection()
    const channel = connection.createDataChannel('bare')
    channel.binaryType = 'arraybuffer'
    window.bare = { connection, channel }
    await connection.setLocalDescription()
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
    return connection.localDescription?.sdp ?? ''
  })
  const answer = await bob.evaluate(async (sdp) => {
    window.bare?.connection.close()
    const connection = new RTCPeerConnection()
    window.bare = { connection }
    connection.addEventListener('datachannel', ({ channel }) => {
      channel.binaryType = 'arraybuffer'
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        if (data.byteLength <= 1_024) channel.send(data)
      })
    })
    await connection.setRemoteDescription({ type: 'offer', sdp })
    await connection.setLocalDescription()
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
    return connection.localDescription?.sdp ?? ''
  }, offer)
  return alice.evaluate(async (sdp) => {
    const { connection, channel } = window.bare ?? {}
    const from = performance.now()
    const opened = new Promise((resolve) => channel?.addEventListener('open', resolve))
    await connection?.setRemoteDescription({ type: 'answer', sdp })
    await opened
    return performance.now() - from
  }, answer)
}

/** Runs in the page. */
const bareRoundTrips = async ({ count, bytes }: { readonly count: number; readonly bytes: number }): Promise<number[]> => {
  const channel = window.bare?.channel
  const message = new Uint8Array(bytes)
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const from = performance.now()
    const back = new Promise((resolve) => channel?.addEventListener('message', resolve, { once: true }))
    channel?.send(message)
    await back
    times.push(performance.now() - from)
  }
  return times
}

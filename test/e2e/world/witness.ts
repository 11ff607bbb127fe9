// Watches everything that a page does which a person would not see: requests, errors, broken policies, addresses given to WebRTC. A story
// may end well on the screen and still fail here.
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'

export interface Witness {
  /** Everything said on consoles, oldest first, for the report of a failure. */
  readonly lines: readonly string[]
  /** From now on a failed connection to the node is no error. */
  nodeIsAway(): void
  /** The crash of a tab that the story wants. */
  crash(page: Page): Promise<void>
  /** What must never happen and did, in words. */
  readonly faults: readonly string[]
}

/** Said by the browser, not by the page, when nobody listens at the node's address. */
const connectionFailed = /^(?:WebSocket connection to 'wss?:\/\/[^']*' failed|Failed to load resource: net::ERR_)/

/** `hosts` are the page's own and those of nodes that somebody added: the only ones that may ever be asked for anything. */
export const witness = async (context: BrowserContext, name: string, hosts: ReadonlySet<string>): Promise<Witness> => {
  const lines: string[] = []
  const faults: string[] = []
  const crashing = new Set<Page>()
  let isNodeAway = false
  const fault = (text: string): void => {
    lines.push(`FAULT ${text}`)
    faults.push(`${name}: ${text}`)
  }
  const checkAddress = (address: string): void => {
    const url = new URL(address)
    if (url.protocol === 'blob:' || url.protocol === 'data:') return
    if (!hosts.has(url.host)) fault(`asked another host: ${address}`)
  }
  const heard = (message: ConsoleMessage): void => {
    const text = message.text()
    lines.push(`${message.type()} ${text}`)
    if (text.startsWith('ice-server ')) {
      const [, server = ''] = /^ice-server \w+:([^?]*)/.exec(text) ?? []
      if (!hosts.has(server)) fault(`gave WebRTC another server: ${text}`)
    } else if (message.type() === 'error' && !(isNodeAway && connectionFailed.test(text))) fault(text)
  }

  await context.addInitScript(watchInside)
  context.on('request', (request) => checkAddress(request.url()))
  context.on('console', heard)
  context.on('weberror', (error) => fault(`threw ${error.error().stack ?? error.error().message}`))
  context.on('page', (page) => {
    page.on('websocket', (socket) => checkAddress(socket.url()))
    page.on('crash', () => crashing.has(page) || fault('crashed'))
  })
  return {
    lines,
    faults,
    nodeIsAway: () => {
      isNodeAway = true
    },
    crash: async (page) => {
      crashing.add(page)
      const crashed = page.waitForEvent('crash')
      const session = await context.newCDPSession(page)
      // The answer never comes.
      session.send('Page.crash').catch(() => undefined)
      await crashed
    },
  }
}

// Runs in the page before anything of the page does.
const watchInside = (): void => {
  addEventListener('securitypolicyviolation', (event) => {
    console.error(`broke the policy ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`)
  })
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct: (target, args: ConstructorParameters<typeof RTCPeerConnection>) => {
      for (const { urls } of args[0]?.iceServers ?? []) for (const url of [urls].flat()) console.debug(`ice-server ${url}`)
      return new target(...args)
    },
  })
}

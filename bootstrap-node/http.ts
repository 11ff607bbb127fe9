// What the node says over HTTP: its health, who it is, and the page.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { nodeInfoPath } from '../src/core/wire/protocol-ids.ts'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import type { Health } from './health.ts'
import type { PublicInfo } from './info.ts'
import { inviteCookie, invitePath } from './invites.ts'
import type { Invites } from './invites.ts'
import { metricsText, metricsType } from './metrics.ts'
import { createPage } from './page.ts'
import { securityHeaders } from './security-headers.ts'
import { subnetOf } from './subnet.ts'

export interface HttpSources {
  readonly node: () => NodeInfo
  readonly info: () => PublicInfo
  readonly health: () => Health
  /** Folder of the built page; none is served without. */
  readonly page: string | undefined
  readonly addressOf: (request: IncomingMessage) => string
  /** The status to refuse an address with, 403 or 429; `undefined` lets it in. */
  readonly refuses: (address: string) => number | undefined
  /** Of a private node. */
  readonly invites: Pick<Invites, 'isGood'> | undefined
  /** The host and port to which a plain request for the page is sent on over https, by those that it asked for; `undefined` answers it. */
  readonly secureHostFor: (host: string) => string | undefined
}

// A page that is hosted elsewhere may ask who this node is; nothing here is secret.
const forEverybody = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

export const createHttp = ({ node, info, health, page, addressOf, refuses, invites, secureHostFor }: HttpSources): RequestListener => {
  const servePage = page === undefined ? undefined : createPage(page)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = addressOf(request)
    const refusal = refuses(address)
    if (refusal !== undefined)
      return sendText(response, refusal, refusal === 429 ? 'Too many requests. Try again in a minute.\n' : 'Not for you.\n', {
        ...(refusal === 429 && { 'retry-after': '60' }),
      })
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' })
    const path = request.url?.split('?', 1)[0]
    switch (path) {
      case nodeInfoPath:
        return sendJson(response, 200, node(), forEverybody)
      case '/info.json':
        return sendJson(response, 200, info(), forEverybody)
      case '/healthz': {
        const now = health()
        return sendJson(response, now.ok ? 200 : 503, now)
      }
      case '/metrics':
        // Asked through a proxy it would be this machine that asks for everybody.
        if (subnetOf(address).local && request.headers['x-forwarded-for'] === undefined) return sendMetrics(response, health())
        return sendText(response, 403, 'Metrics are for this machine; see --metrics-host.\n')
      case undefined:
      default:
        if (invites !== undefined && path?.startsWith(invitePath) === true)
          return answerInvite(path.slice(invitePath.length), request, response, invites)
        return answerPage(request, response)
    }
  }

  const answerInvite = (token: string, request: IncomingMessage, response: ServerResponse, { isGood }: Pick<Invites, 'isGood'>): void => {
    if (!isGood(token)) return sendText(response, 403, 'This invite is over, or incomplete. Ask for a new one.\n')
    return sendText(response, 303, 'Come in.\n', { location: '/', 'set-cookie': inviteCookie(token, 'encrypted' in request.socket) })
  }

  const answerPage = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (servePage === undefined) return sendText(response, 404, 'This node serves no page.\n')
    // A browser gives the page what it needs only over https.
    const secureHost = 'encrypted' in request.socket ? undefined : secureHostFor(request.headers.host ?? '')
    if (secureHost !== undefined && secureHost !== '')
      return sendText(response, 308, 'Over https, please.\n', { location: `https://${secureHost}${request.url ?? '/'}` })
    return servePage(request, response)
  }

  return (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) sendText(response, 500, 'That went wrong here.\n')
      else response.destroy()
    })
  }
}

/** The answers of a port that tells metrics only. */
export const createMetricsHttp =
  (health: () => Health): RequestListener =>
  (request, response) => {
    if (request.url?.split('?', 1)[0] === '/metrics') sendMetrics(response, health())
    else sendText(response, 404, 'Only /metrics here.\n')
  }

const sendMetrics = (response: ServerResponse, health: Health): void => {
  response.writeHead(200, { ...securityHeaders, 'content-type': metricsType, 'cache-control': 'no-store' }).end(metricsText(health))
}

const sendText = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void => {
  response
    .writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(text)
}

const sendJson = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(value))
}

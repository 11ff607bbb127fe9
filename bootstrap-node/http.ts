// What the node says over HTTP: its health, who it is, and the page.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { nodeInfoPath } from '../src/core/wire/protocol-ids.ts'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import { createPage } from './page.ts'
import { securityHeaders } from './security-headers.ts'

/** How the node fares; `ok` is for machines that only want to know that. */
export interface Health {
  readonly ok: boolean
  readonly version: string
  readonly peer: string
  readonly uptimeSeconds: number
  readonly connections: number
  readonly reservations: number
  readonly registrations: number
  readonly refusedConnections: number
  readonly memoryBytes: number
}

export interface HttpSources {
  readonly info: () => NodeInfo
  readonly health: () => Health
  /** Folder of the built page; none is served without. */
  readonly page: string | undefined
}

export const createHttp = ({ info, health, page }: HttpSources): RequestListener => {
  const servePage = page === undefined ? undefined : createPage(page)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' })
    const path = request.url?.split('?', 1)[0]
    // A page that is hosted elsewhere may ask who this node is; nothing here is secret.
    if (path === nodeInfoPath)
      return sendJson(response, info(), { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
    if (path === '/healthz') return sendJson(response, health())
    if (servePage !== undefined) return servePage(request, response)
    sendText(response, 404, 'This node serves no page.\n')
  }

  return (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) sendText(response, 500, 'That went wrong here.\n')
      else response.destroy()
    })
  }
}

const sendText = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void => {
  response
    .writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(text)
}

const sendJson = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(value))
}

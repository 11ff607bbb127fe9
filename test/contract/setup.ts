// Gives browser tests real bootstrap-nodes of their own: each in its own process, so that it can be killed like one. Tests ask over HTTP:
// POST /new -> { id, address, stun }, with ?full=1 one whose only slot is taken, POST /lying -> { address }, POST /kill?id=, POST /revive?id= (same port, same identity), POST /end?id=.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { startLyingNode } from '../fixtures/lying-node.ts'
import type { LyingNode } from '../fixtures/lying-node.ts'
import { spawnFullNode, spawnNode } from '../fixtures/spawn-node.ts'
import type { SpawnedNode } from '../fixtures/spawn-node.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for nodes. */
    nodeControl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const nodes = new Map<string, SpawnedNode>()
  const liars: LyingNode[] = []
  let count = 0

  const act = async (path: string, id: string, isFull: boolean): Promise<unknown> => {
    if (path === '/lying') {
      const liar = await startLyingNode()
      liars.push(liar)
      return { address: liar.address }
    }
    if (path === '/new') {
      const node = await (isFull ? spawnFullNode() : spawnNode())
      nodes.set(String(++count), node)
      return { id: String(count), address: node.address, stun: node.stunUrl }
    }
    const node = nodes.get(id)
    if (node === undefined) throw new Error(`no node ${id}`)
    if (path === '/kill') await node.kill()
    if (path === '/revive') await node.revive()
    if (path === '/end') {
      nodes.delete(id)
      await node.end()
    }
    return {}
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    act(url.pathname, url.searchParams.get('id') ?? '', url.searchParams.has('full')).then(
      (answer) =>
        response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500, { 'access-control-allow-origin': '*' }).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('nodeControl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)

  return async () => {
    server.close()
    server.closeAllConnections()
    await Promise.all([...nodes.values(), ...liars].map((node) => node.end()))
  }
}

// A port of its own for metrics, when Prometheus asks from another machine.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { Health } from './health.ts'
import { createMetricsHttp } from './http.ts'

/** Rejects when the port is taken. */
export const listenForMetrics = async (
  { host, port }: { readonly host: string; readonly port: number },
  health: () => Health,
): Promise<Server> => {
  const server = createServer(createMetricsHttp(health))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return server
}

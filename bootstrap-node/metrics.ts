// Figures in the text format of Prometheus (version 0.0.4). Counts only: nothing here tells one person from another.
import type { Health } from './health.ts'

/** The content type that goes with `metricsText`. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

type Figure = readonly [name: string, kind: 'gauge' | 'counter', help: string, value: number]

export const metricsText = (health: Health): string => {
  const figures: readonly Figure[] = [
    ['up', 'gauge', 'Whether the node takes connections.', health.ok ? 1 : 0],
    ['uptime_seconds', 'gauge', 'Seconds since the start.', health.uptimeSeconds],
    ['connections', 'gauge', 'Open connections.', health.connections],
    ['reservations', 'gauge', 'Relay slots that are held.', health.reservations],
    ['registrations', 'gauge', 'Names registered at the rendezvous point.', health.registrations],
    ['relayed_links', 'gauge', 'Relayed links that are open.', health.relayedLinks],
    ['relayed_bytes_total', 'counter', 'Bytes taken in to be relayed.', health.relayedBytes],
    ['relayed_streams_waiting', 'gauge', 'Relayed streams that wait for their share of the bandwidth.', health.waitingStreams],
    ['refused_connections_total', 'counter', 'Connections refused by a limit or a list.', health.refusedConnections],
    ['refused_requests_total', 'counter', 'HTTP requests refused by a limit or a list.', health.refusedRequests],
    ['load_ratio', 'gauge', 'The fuller of connections and relay slots, 0 to 1.', health.load],
    ['resident_memory_bytes', 'gauge', 'Memory of the process.', health.memoryBytes],
    ['cpu_seconds_total', 'counter', 'Seconds of one core that the process has had.', health.cpuSeconds],
    [
      'event_loop_delay_p99_seconds',
      'gauge',
      'Delay of the event loop, 99th percentile since the last minute began.',
      health.eventLoopDelayP99Ms / 1000,
    ],
  ]
  const lines = figures.flatMap(([name, kind, help, value]) => [
    `# HELP parley_node_${name} ${help}`,
    `# TYPE parley_node_${name} ${kind}`,
    `parley_node_${name} ${value}`,
  ])
  const version = health.version.replace(/["\\\n]/g, '')
  return `${lines.join('\n')}\n# HELP parley_node_info Version.\n# TYPE parley_node_info gauge\nparley_node_info{version="${version}"} 1\n`
}

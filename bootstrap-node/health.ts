// How the node fares, as it says over HTTP and to Prometheus.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** `ok` is for machines that only want to know that; the rest is counts. */
export interface Health {
  readonly ok: boolean
  /** It was told to end and takes nobody new. */
  readonly draining: boolean
  readonly version: string
  readonly peer: string
  readonly uptimeSeconds: number
  readonly connections: number
  readonly reservations: number
  readonly registrations: number
  readonly relayedLinks: number
  readonly relayedBytes: number
  readonly waitingStreams: number
  readonly refusedConnections: number
  readonly refusedRequests: number
  /** The fuller of connections and relay slots, 0 to 1. */
  readonly load: number
  readonly memoryBytes: number
  /** Of one core, since the start. */
  readonly cpuSeconds: number
  readonly eventLoopDelayP99Ms: number
}

/** Milliseconds over which the delay of the event loop is told. */
const windowMs = 60_000
/** Milliseconds between two looks; what a look finds includes them. */
const resolutionMs = 10

/** The event loop's delay of the last minute or so, p99 in milliseconds. */
export const watchEventLoop = (): { readonly p99Ms: () => number; readonly stop: () => void } => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  const timer = setInterval(() => delay.reset(), windowMs).unref()
  return {
    p99Ms: () => (delay.count === 0 ? 0 : Math.max(0, Math.round((delay.percentile(99) / 1e6 - resolutionMs) * 10) / 10)),
    stop() {
      delay.disable()
      clearInterval(timer)
    },
  }
}

/** Seconds that the process has had of a core, all of its threads together. */
export const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1_000) / 1_000
}

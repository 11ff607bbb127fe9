// What the page has in the place of @libp2p/logger (see vite.config.ts): loggers that say nothing. The library's own write addresses and
// peer ids to the console for whoever sets a key in localStorage, and bring 3 KB along for it. What a person should know of the network
// is told in the diagnostics.
import type { ComponentLogger, Logger } from '@libp2p/interface'

const silent = (): void => {}

/** A logger that says nothing, for whatever part of the library. */
export const logger = (): Logger =>
  Object.assign(silent.bind(undefined), { enabled: false, trace: silent, error: silent, newScope: logger }) as Logger

const loggers: ComponentLogger = { forComponent: logger }

/** As much of the library's interface as libp2p calls. */
export const defaultLogger = (): ComponentLogger => loggers
export const prefixLogger = (): ComponentLogger => loggers
export const peerLogger = (): ComponentLogger => loggers

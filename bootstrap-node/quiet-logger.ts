// The library's own log, which nobody reads: it would name addresses and peer ids. Each connection and each stream would have loggers of their
// own, a fifth of what a guest keeps alive (measured), and a flood would make thousands. With DEBUG in the environment it speaks, to whoever mends
// the library.
import type { ComponentLogger, Logger } from '@libp2p/interface'

const silent = (): void => {}
const quiet: Logger = Object.assign(() => {}, { enabled: false, trace: silent, error: silent, newScope: (): Logger => quiet })

/** Of all parts of the library; `undefined` stands for its own. */
export const quietLogger: ComponentLogger | undefined = process.env['DEBUG'] === undefined ? { forComponent: () => quiet } : undefined

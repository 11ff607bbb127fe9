// What the page says to the engine in its worker, over Comlink. Names and plain data only, so that the page's `Commands` and `Queries` can
// be rebuilt on its side of the wall.
import type { ProxyMarked } from 'comlink'
import type { Commands } from '../ports/commands.ts'
import type { Network } from '../ports/network.ts'
import type { Queries } from '../ports/queries.ts'

export interface EngineConfig {
  /** What stands before the fragment of an invite link. */
  readonly origin: string
}

export interface EngineApi {
  /** Opens the database and stands for election; the network is started once this tab leads. */
  open(config: EngineConfig, network: Network & ProxyMarked): Promise<void>
  command<Name extends keyof Commands>(name: Name, args: Parameters<Commands[Name]>): Promise<Awaited<ReturnType<Commands[Name]>>>
  /** Values go to `next` until `unsubscribe` with the number given back. */
  subscribe<Name extends keyof Queries>(
    name: Name,
    args: Parameters<Queries[Name]>,
    next: ((value: unknown) => void) & ProxyMarked,
  ): Promise<number>
  unsubscribe(subscription: number): Promise<void>
  /** The page was put away and is back: what other tabs committed meanwhile was told to nobody here, so every query looks again. */
  recheck(): Promise<void>
}

// The engine as the page sees it: a worker behind the same two ports that everything else speaks to.
import { proxy, wrap } from 'comlink'
import { commandNames, type Commands } from '../ports/commands.ts'
import type { Network } from '../ports/network.ts'
import { queryNames, type Queries } from '../ports/queries.ts'
import type { EngineApi, EngineConfig } from '../workers/engine-api.ts'
import engineUrl from '../workers/engine.worker.ts?worker&url'
import { scriptUrl } from './script-url.ts'

export interface Engine {
  readonly commands: Commands
  readonly queries: Queries
  open(config: EngineConfig, network: Network): void
}

export const startEngine = (): Engine => {
  const worker = new Worker(scriptUrl(engineUrl), { type: 'module', name: 'parley-engine' })
  // Its code did not come; what it throws is an ErrorEvent.
  worker.addEventListener('error', (event) => event instanceof ErrorEvent || window.startAgain?.())
  const api = wrap<EngineApi>(worker)
  const command = (name: keyof Commands) => ((...args: never) => api.command(name, args)) as never
  const query = (name: keyof Queries) =>
    ((...args: never) => ({
      subscribe: (next: (value: unknown) => void) => {
        let isOpen = true
        // Values that are still under way when the subscription ends are nobody's any more.
        const subscription = api.subscribe(
          name,
          args,
          proxy((value: unknown) => (isOpen ? next(value) : undefined)),
        )
        return () => {
          isOpen = false
          void subscription.then((number) => api.unsubscribe(number))
        }
      },
    })) as never
  // A worker is not told that it was put away with its page. If it has no database, there is nothing to look at.
  const recheck = () => void api.recheck().catch(() => undefined)
  addEventListener('pageshow', ({ persisted }) => persisted && recheck())
  document.addEventListener('resume', recheck)
  return {
    commands: each<Commands>(commandNames, command),
    queries: each<Queries>(queryNames, query),
    open: (config, network) => void api.open(config, proxy(network)),
  }
}

const each = <Port>(names: readonly (keyof Port & string)[], make: (name: never) => never): Port =>
  Object.fromEntries(names.map((name) => [name, make(name as never)])) as Port

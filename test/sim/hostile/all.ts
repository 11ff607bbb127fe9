// All vices, and the one to three that a hostile device has.
import type { Network } from '../../../src/ports/network.ts'
import { createEquivocating } from './equivocate.ts'
import { createExtremeClocks } from './clocks.ts'
import { createFalseEpochs } from './epochs.ts'
import { createFalsePasts } from './pasts.ts'
import { createFading } from './fading.ts'
import { createFalseSync } from './false-sync.ts'
import { createFlooding } from './flood.ts'
import { createForging } from './forge.ts'
import { createLiar, type LiarDeps } from './liar.ts'
import { createLingering } from './linger.ts'
import { createNoise } from './noise.ts'
import { createReplaying } from './replay.ts'
import { createWithholding } from './withhold.ts'
import type { CreateVice } from './vice.ts'

const vices = {
  noise: createNoise,
  forging: createForging,
  equivocating: createEquivocating,
  withholding: createWithholding,
  replaying: createReplaying,
  lingering: createLingering,
  flooding: createFlooding,
  'false epochs': createFalseEpochs,
  'false sync': createFalseSync,
  'extreme clocks': createExtremeClocks,
  'false pasts': createFalsePasts,
  'false times': createFading,
} as const satisfies Record<string, CreateVice>

export interface Hostility {
  /** Names of the vices, for whoever reads a trace. */
  readonly vices: readonly string[]
  /** The network of a run as its services shall have it. */
  wrap(network: Network): Network
  /** One of its vices shows. */
  attack(): Promise<void>
}

export const createHostility = (deps: LiarDeps): Hostility => {
  const liar = createLiar(deps)
  const names = Object.keys(vices) as (keyof typeof vices)[]
  const chosen = [...new Set(Array.from({ length: deps.dice.between(1, 3) }, () => deps.dice.pick(names)!))]
  const own = chosen.map((name) => vices[name](liar))
  const attackers = own.filter((vice) => vice.attack !== undefined)
  return {
    vices: chosen,
    wrap: (network) => own.reduce((wrapped, vice) => vice.wrap?.(wrapped) ?? wrapped, liar.attach(network)),
    attack: async () => deps.dice.pick(attackers)?.attack?.(),
  }
}

// Tries one node out, as somebody who needs it would, and tells each step as it goes.
import { multiaddr } from '@multiformats/multiaddr'
import type { NodeTrial, NodeTrouble, TrialStep } from '../../ports/network.ts'
import type { HostParts } from './host.ts'
import { inTime } from './in-time.ts'
import { isReachedOtherwise } from './node-addresses.ts'
import type { NodeAddress } from './node-addresses.ts'

/** Milliseconds for each step. */
const stepDeadlineMs = 8_000

const troubles = {
  address: 'bad-address',
  answer: 'nobody',
  slot: 'no-place',
  carry: 'brings-nobody',
} as const satisfies Record<TrialStep['step'], NodeTrouble>

/** Settles when the trial is over; `tell` has had its end by then. The connection stays for whoever uses the node from now on, if it is the only one. */
export const tryNode = async (
  node: NodeAddress,
  { host, reservations, carries }: HostParts,
  tell: (trial: NodeTrial) => void,
): Promise<void> => {
  const steps: TrialStep[] = (Object.keys(troubles) as TrialStep['step'][]).map((step) => ({ step, state: 'waiting' }))

  const take = async <T>(step: TrialStep['step'], work: () => Promise<T>): Promise<T> => {
    const at = steps.findIndex((other) => other.step === step)
    const become = (next: Partial<TrialStep>): void => {
      steps[at] = { step, state: 'doing', ...next }
      tell({ address: node.given, steps: [...steps] })
    }
    const began = performance.now()
    const ms = (): number => Math.round(performance.now() - began)
    become({})
    try {
      const result = await inTime(work(), stepDeadlineMs)
      become({ state: 'done', ms: ms() })
      return result
    } catch (error) {
      become({ state: 'failed', ms: ms(), trouble: node.kind === 'refused' ? node.why : troubles[step] })
      throw error
    }
  }

  try {
    const usable = await take('address', async () => {
      if (node.kind === 'refused') throw new Error('it is not for this page')
      return node
    })
    // Somebody who has no other address of this node would have to get through by this one.
    const force = isReachedOtherwise(host, usable)
    const connection = await take('answer', () => host.dial(multiaddr(usable.text), { force, signal: AbortSignal.timeout(stepDeadlineMs) }))
    try {
      await take('slot', () => reservations.addRelay(usable.peer, 'configured'))
      await take('carry', async () => {
        if (!(await carries(connection))) throw new Error('it does not')
      })
    } finally {
      if (force) await connection.close()
    }
  } catch {
    // Told already.
  }
}

// Bugs in epochs and keys (core/epoch, services/epochs, services/device-keys).
import type { Mutant } from './mutant.ts'

export const keyMutants: readonly Mutant[] = [
  {
    name: 'sends-on-any-epoch',
    does: 'sends on its newest epoch, whoever that was sealed to',
    file: 'core/epoch/epoch.ts',
    find: `.filter((epoch) => epoch.devices.join() === wanted)`,
    replace: `.filter((epoch) => epoch.devices.length > 0 && wanted !== '')`,
  },
  {
    name: 'sends-on-first-epoch',
    does: 'sends on the first epoch that fits and not on the last',
    file: 'core/epoch/epoch.ts',
    find: `.at(-1)`,
    replace: `.at(0)`,
  },
  {
    name: 'ties-by-arrival',
    does: 'sends, of several epochs that fit, on the one that came last and not on the one that all agree on',
    file: 'core/epoch/epoch.ts',
    find: `    .toSorted(compareOrder)
    .at(-1)`,
    replace: `    .at(-1)`,
  },
  {
    name: 'never-renews-epochs',
    does: 'sends on an epoch that is months old',
    file: 'core/epoch/epoch.ts',
    find: `epoch.hlc > now * hlcPerMs - weekHlc`,
    replace: `epoch.hlc > now * hlcPerMs - 1_000 * weekHlc`,
  },
  {
    name: 'keeps-message-keys',
    does: 'keeps the keys of messages that it has',
    file: 'services/epochs.ts',
    find: `async ({ clock }: Pick<Deps, 'clock'>, draft: Draft, event: SignedEvent): Promise<void> => {
  if (event.epoch === null) return`,
    replace: `async (
  { clock, me }: Pick<Deps, 'clock'> & { readonly me: Me },
  draft: Draft,
  event: SignedEvent,
): Promise<void> => {
  if (event.epoch === null || event.device !== me.device) return`,
  },
  {
    name: 'uses-keys-again',
    does: 'does not move on in its chain of keys',
    file: 'services/absorb.ts',
    find: `  await useUpKey(deps, draft, event)
`,
    replace: ``,
  },
  {
    name: 'keeps-hpke-keys',
    does: 'keeps the private keys with which epochs were opened',
    file: 'services/device-keys.ts',
    find: `for (const { key } of kept) draft.delete('hpkeKeys', key)`,
    replace: `for (const { key, value } of kept) {
      const { usedAt: _, ...unused } = value
      draft.put('hpkeKeys', key, { ...unused, createdAt: session.clock.now() })
    }`,
  },
  {
    name: 'forgets-to-rotate',
    does: 'never replaces a key with which an epoch was opened',
    file: 'services/device-keys.ts',
    find: `if (write.kind === 'put' && write.table === 'hpkeKeys' && write.value.usedAt !== undefined)`,
    replace: `if (write.kind === 'put' && write.table === 'hpkeKeys' && write.value.createdAt < 0)`,
  },
]

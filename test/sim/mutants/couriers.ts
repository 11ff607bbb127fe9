// Bugs in carrying envelopes for others (core/courier, services/courier).
import type { Mutant } from './mutant.ts'

export const courierMutants: readonly Mutant[] = [
  {
    name: 'carries-without-budget',
    does: 'gives on as many copies of an envelope as it was given, and keeps them too',
    file: 'core/courier/policy.ts',
    find: `export const copiesFromCourier = (left: number): number => Math.floor(left / 2)`,
    replace: `export const copiesFromCourier = (left: number): number => left`,
  },
  {
    name: 'thanks-before-commit',
    does: 'gives a receipt for an envelope that it does not keep',
    file: 'services/courier/carry.ts',
    find: `if (verdict.kind === 'keep') {
      const about`,
    replace: `tell(from, id, verdict.kind !== 'refuse')
    if (verdict.kind === 'keep') {
      const about`,
  },
  {
    name: 'carried-without-receipt',
    does: 'shows as carried what was only offered',
    file: 'services/courier/entrust.ts',
    find: `offers.add(envelope, courier, { key, copies })
`,
    replace: `offers.add(envelope, courier, { key, copies })
      queue(() => isKept(key, courier, copies))
`,
  },
  {
    name: 'seals-twice-to-one-key',
    does: 'seals several envelopes to one one-time key',
    file: 'services/courier/make-envelope.ts',
    find: `    ...given.writes,
    spent,
`,
    replace: `    ...given.writes,
`,
  },
  {
    name: 'keeps-one-time-keys',
    does: 'keeps the private half of a one-time key after the envelope was opened',
    file: 'services/courier/collect.ts',
    find: `await store.commit([{ kind: 'delete', table: 'oneTimeKeys', key: ['mine', found.peer, envelope.value.key] }])`,
    replace: ``,
  },
  {
    name: 'gives-keys-it-lacks',
    does: 'tells one-time keys before their private halves are kept',
    file: 'services/courier/key-pools.ts',
    find: `await store.commit(writes)
        links.send(device, encodeLinkMessage({ kind: 'one-time-keys', keys }))`,
    replace: `links.send(device, encodeLinkMessage({ kind: 'one-time-keys', keys }))
        await store.commit(writes)`,
  },
]

// Commands of a tab that does not lead are rows: the leading tab carries them out, and answers in the same row. A command that was given
// while nobody led waits for the next leader.
import { commandNames, type Commands } from '../ports/commands.ts'
import { toHex } from '../core/ids.ts'
import type { Deps } from './deps.ts'

type CommandName = keyof Commands

const names: readonly CommandName[] = commandNames.filter((name) => name !== 'eraseDevice')

/** Requests older than this are of tabs that are gone, and are not carried out any more. */
const maxAgeMs = 10 * 60_000

/** Commands that go to `direct` while this tab leads, and through the database otherwise. */
export const createForwarding = (
  deps: Pick<Deps, 'store' | 'clock' | 'random' | 'erase'>,
  direct: () => Commands | undefined,
): Commands => {
  const forward = (command: CommandName) =>
    (async (...args: readonly unknown[]) => {
      const commands = direct()
      if (commands !== undefined) return call(commands, command, args)
      return request(deps, command, args)
    }) as never
  return { ...(Object.fromEntries(names.map((name) => [name, forward(name)])) as unknown as Commands), eraseDevice: () => deps.erase() }
}

/** Carries out what other tabs ask for, until stopped. */
export const serveRequests = ({ store, clock }: Pick<Deps, 'store' | 'clock'>, commands: Commands): (() => void) => {
  const taken = new Set<string>()
  return store
    .watch((reader) => reader.list('requests', []))
    .subscribe((requests) => {
      for (const { key, value } of requests) {
        const name = names.find((known) => known === value.command)
        if (value.result !== undefined || taken.has(key[0]) || name === undefined) continue
        taken.add(key[0])
        if (clock.now() - value.at > maxAgeMs) void store.commit([{ kind: 'delete', table: 'requests', key }])
        else {
          void call(commands, name, value.args).then((result) =>
            store.commit([{ kind: 'put', table: 'requests', key, value: { ...value, result: { value: plain(result) } } }], 'relaxed'),
          )
        }
      }
    })
}

const request = async (
  { store, clock, random }: Pick<Deps, 'store' | 'clock' | 'random'>,
  command: CommandName,
  args: readonly unknown[],
) => {
  const key = [toHex(random.bytes(16))] as const
  const given = args.filter((arg) => arg !== undefined)
  // Nothing is promised before the answer, and what was carried out is stored by then.
  await store.commit([{ kind: 'put', table: 'requests', key, value: { command, args: given, at: clock.now() } }], 'relaxed')
  const answer = await new Promise<unknown>((resolve) => {
    const stop = store
      .watch((reader) => reader.get('requests', key))
      .subscribe((record) => {
        if (record?.result === undefined) return
        stop()
        resolve(record.result.value)
      })
  })
  await store.commit([{ kind: 'delete', table: 'requests', key }], 'relaxed')
  return answer
}

const call = (commands: Commands, name: CommandName, args: readonly unknown[]): Promise<unknown> =>
  (commands[name] as (...given: readonly unknown[]) => Promise<unknown>)(...args)

/** A result as a row can hold it: without `undefined`. */
const plain = (result: unknown): unknown =>
  typeof result === 'object' && result !== null && 'value' in result && result.value === undefined
    ? { ...result, value: null }
    : (result ?? null)

// Many guests in a process of their own, so that they do not take the time of the one that measures. Told what to do by messages.
import { doErrands } from './errands.ts'
import { attack, type Attack, type AttackTold } from './node-attacks.ts'
import { createGuest } from './node-guest.ts'
import type { Guest } from './node-guest.ts'
import { comeHonestly, type Honest, type HonestTold } from './node-honest.ts'
import { inTurns, succeeds } from './turns.ts'

export type Task =
  | { readonly kind: 'gather'; readonly address: string; readonly count: number }
  /** Circuits among those who are gathered, so many a second for so long. */
  | { readonly kind: 'meet'; readonly perSecond: number; readonly seconds: number }
  /** Slots taken and left, by identities of which each comes `visits` times. */
  | { readonly kind: 'vanish'; readonly address: string; readonly cycles: number; readonly visits: number }
  | Honest
  | Attack

/** What came of a task of the same kind. */
export type Told =
  | { readonly kind: 'gather'; readonly held: number }
  | { readonly kind: 'meet'; readonly tried: number; readonly times: readonly number[] }
  | { readonly kind: 'vanish'; readonly reserved: number }
  | HonestTold
  | AttackTold

/** At one time. */
const width = 4
const guests: Guest[] = []

const gather = async (address: string, count: number): Promise<Told> => {
  let held = 0
  await inTurns(count, width, async () => {
    const guest = await createGuest(address)
    guests.push(guest)
    if (await succeeds(guest.reserve())) held += 1
  })
  return { kind: 'gather', held }
}

const meet = async (perSecond: number, seconds: number): Promise<Told> => {
  const times: number[] = []
  const tried = perSecond * seconds
  const open: Promise<void>[] = []
  const from = performance.now()
  for (let index = 0; index < tried; index += 1) {
    const wait = from + (index * 1_000) / perSecond - performance.now()
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)))
    const one = guests[index % guests.length]
    const other = guests[(index * 7 + 1 + Math.floor(index / guests.length)) % guests.length]
    if (one === undefined || other === undefined) break
    const to = one === other ? guests[(index + 1) % guests.length] : other
    open.push(
      (async () => {
        const at = performance.now()
        if (await succeeds(one.echoThrough(to?.id ?? other.id))) times.push(performance.now() - at)
      })(),
    )
  }
  await Promise.all(open)
  return { kind: 'meet', tried, times }
}

const vanish = async (address: string, cycles: number, visits: number): Promise<Told> => {
  let reserved = 0
  await inTurns(Math.ceil(cycles / visits), width, async (index) => {
    const guest = await createGuest(address)
    for (let visit = 0; visit < Math.min(visits, cycles - index * visits); visit += 1) {
      if (await succeeds(guest.reserve())) reserved += 1
      guest.vanish()
    }
    await guest.stop()
  })
  return { kind: 'vanish', reserved }
}

const run = (task: Task): Promise<Told> => {
  switch (task.kind) {
    case 'gather':
      return gather(task.address, task.count)
    case 'meet':
      return meet(task.perSecond, task.seconds)
    case 'vanish':
      return vanish(task.address, task.cycles, task.visits)
    case 'come':
      return comeHonestly(task)
    default:
      return attack(task)
  }
}

doErrands(run)

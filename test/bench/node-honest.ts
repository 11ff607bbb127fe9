// Honest people who come to a node one after the other, each from an address of their own, with all that a page brings: a connection, a slot,
// and a circuit to whoever got theirs before. Says at which step somebody failed, and how long each took.
import { setTimeout as sleep } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { createNodeClient, type NodeClient } from '../fixtures/node-client.ts'
import { succeeds } from './turns.ts'

export interface Honest {
  readonly kind: 'come'
  /** The node's multiaddr. */
  readonly address: string
  readonly perSecond: number
  readonly seconds: number
}

export interface HonestTold {
  readonly kind: 'come'
  readonly tried: number
  readonly served: number
  readonly failedAt: Readonly<Record<Step, number>>
  /** Milliseconds of each step that succeeded. */
  readonly times: Readonly<Record<Step, readonly number[]>>
}

type Step = (typeof honestSteps)[number]
export const honestSteps = ['connect', 'reserve', 'circuit'] as const

/** Milliseconds that a person waits for one step. */
const patienceMs = 10_000

export const comeHonestly = async ({ address, perSecond, seconds }: Honest): Promise<HonestTold> => {
  const tried = perSecond * seconds
  const failedAt = { connect: 0, reserve: 0, circuit: 0 }
  const times: Record<Step, number[]> = { connect: [], reserve: [], circuit: [] }
  let served = 0
  let holder: NodeClient | undefined
  const takes = async (step: Step, promise: Promise<unknown>): Promise<boolean> => {
    const from = performance.now()
    const isDone = await succeeds(promise)
    if (isDone) times[step].push(performance.now() - from)
    else failedAt[step] += 1
    return isDone
  }
  const visit = async (person: NodeClient): Promise<void> => {
    if (!(await takes('connect', person.connect({ signal: AbortSignal.timeout(patienceMs) })))) return
    if (!(await takes('reserve', person.reserve()))) return
    const before = holder
    holder = person
    const meets = async (other: NodeClient): Promise<void> => {
      const circuit = multiaddr(`${address}/p2p-circuit/p2p/${other.host.peerId.toString()}`)
      await person.host.dial(circuit, { signal: AbortSignal.timeout(patienceMs) })
    }
    if (before === undefined || (await takes('circuit', meets(before)))) served += 1
  }
  const people: NodeClient[] = []
  const visits: Promise<void>[] = []
  for (let index = 0; index < tried; index += 1) {
    const from = `198.51.${100 + Math.floor(index / 250)}.${(index % 250) + 1}`
    const person = await createNodeClient(address, { headers: { 'x-forwarded-for': from } })
    people.push(person)
    visits.push(visit(person))
    await sleep(1_000 / perSecond)
  }
  await Promise.all(visits)
  await Promise.all(people.map((person) => person.stop()))
  return { kind: 'come', tried, served, failedAt, times }
}

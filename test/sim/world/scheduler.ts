// Virtual time: everything that happens is a step in one queue, ordered by time and then by arrival. Between two steps all promises
// that can go on have gone on, so that what a step sets off is complete before the next one. A step belongs to an owner; when the owner
// dies, its steps are dropped, and whatever waited for them waits for ever: that is a crash between two awaits.

/** Whose steps are dropped together: one run of one device. */
export interface Owner {
  readonly name: string
  alive: boolean
}

export interface Scheduler {
  /** Milliseconds of virtual time since the world began. */
  now(): number
  /** Steps taken so far. */
  steps(): number
  /** Runs `call` after `ms`; the returned function takes it back. */
  after(owner: Owner, ms: number, label: string, call: () => void): () => void
  /** Makes the next step wait for something outside of virtual time, as WebCrypto is. */
  hold(work: Promise<unknown>): void
  /** Runs until the queue is empty or the time or the number of steps is reached; `quiet` when it is empty. */
  run(untilMs: number, maxSteps: number): Promise<'quiet' | 'time' | 'steps'>
}

interface Step {
  readonly at: number
  readonly order: number
  readonly owner: Owner
  readonly label: string
  call: (() => void) | undefined
}

/** `onStep` sees each step before it is taken, `onThrow` what a step threw. */
export const createScheduler = (
  onStep: (at: number, owner: string, label: string) => void,
  onThrow: (error: unknown) => void,
): Scheduler => {
  const queue: Step[] = []
  let now = 0
  let order = 0
  let steps = 0
  let held: Promise<unknown>[] = []

  return {
    now: () => now,
    steps: () => steps,
    after: (owner, ms, label, call) => {
      const step: Step = { at: now + Math.max(0, ms), order: order++, owner, label, call }
      push(queue, step)
      return () => {
        step.call = undefined
      }
    },
    hold: (work) => {
      held.push(work)
    },
    run: async (untilMs, maxSteps) => {
      await promisesToRest()
      for (let taken = 0; taken < maxSteps;) {
        while (held.length > 0) {
          const work = held
          held = []
          await Promise.allSettled(work)
          await promisesToRest()
        }
        const step = queue[0]
        if (step === undefined) return 'quiet'
        if (step.at > untilMs) {
          now = untilMs
          return 'time'
        }
        pop(queue)
        if (step.call === undefined || !step.owner.alive) continue
        now = step.at
        taken++
        steps++
        onStep(step.at, step.owner.name, step.label)
        try {
          step.call()
        } catch (error) {
          onThrow(error)
        }
        await promisesToRest()
      }
      return 'steps'
    },
  }
}

/** A turn of the event loop comes only when no promise is left that could go on. */
const promisesToRest = (): Promise<void> => new Promise((rest) => setImmediate(rest))

const isBefore = (a: Step, b: Step): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

// A binary heap: parents before children.
const push = (heap: Step[], step: Step): void => {
  let at = heap.length
  heap.push(step)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(step, heap[parent]!)) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = step
}

const pop = (heap: Step[]): void => {
  const last = heap.pop()!
  if (heap.length === 0) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
}

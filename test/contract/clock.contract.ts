// What every clock promises (src/ports/clock.ts): the machine's own, and a simulator's virtual one, which passes `advance`.
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../src/ports/clock.ts'

export interface ClockWorld {
  readonly clock: Clock
  /** Lets at least this many milliseconds pass. */
  readonly advance: (ms: number) => Promise<void>
}

export const clockContract = (name: string, create: () => ClockWorld): void => {
  describe(`clock contract: ${name}`, () => {
    test('now is a whole number of milliseconds that goes on', async () => {
      const { clock, advance } = create()
      const before = clock.now()
      await advance(30)
      expect(Number.isSafeInteger(before)).toBe(true)
      expect(clock.now()).toBeGreaterThanOrEqual(before + 25)
    })

    test('calls back once, after its time and never within the call', async () => {
      const { clock, advance } = create()
      const calls: number[] = []
      const from = clock.now()
      clock.after(20, () => calls.push(clock.now() - from))
      clock.after(0, () => calls.push(-1))
      expect(calls).toEqual([])
      await advance(60)
      expect(calls).toHaveLength(2)
      expect(calls[0]).toBe(-1)
      // Node's timers may be a millisecond early by the wall clock.
      expect(calls[1]).toBeGreaterThanOrEqual(19)
      await advance(60)
      expect(calls).toHaveLength(2)
    })

    test('the sooner comes first, and of two at the same time the one that was asked for first', async () => {
      const { clock, advance } = create()
      const calls: string[] = []
      clock.after(40, () => calls.push('late'))
      clock.after(5, () => calls.push('soon'))
      clock.after(5, () => calls.push('soon too'))
      await advance(90)
      expect(calls).toEqual(['soon', 'soon too', 'late'])
    })

    test('what is taken back does not come, and taking back late or twice harms nothing', async () => {
      const { clock, advance } = create()
      const calls: string[] = []
      const takeBack = clock.after(10, () => calls.push('taken back'))
      const late = clock.after(5, () => calls.push('came'))
      takeBack()
      takeBack()
      await advance(50)
      late()
      expect(calls).toEqual(['came'])
    })

    test('a wait of two months does not go off at once', async () => {
      const { clock, advance } = create()
      const calls: string[] = []
      const takeBack = clock.after(60 * 24 * 3_600_000, () => calls.push('two months'))
      await advance(30)
      expect(calls).toEqual([])
      takeBack()
    })
  })
}

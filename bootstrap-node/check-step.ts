// One step of a check: what was tried, how it went, and what to do when it did not.

/** How one step went; `advice` says what to do when it did not. `warning` is for what works, but not for everybody. */
export interface Finding {
  readonly step: string
  readonly kind: 'ok' | 'warning' | 'failed'
  readonly text: string
  readonly advice?: string
}

/** Milliseconds for one step. */
export const patienceMs = 15_000

/** Runs a step; what it throws is the finding. `advice` may depend on it. */
export const step = async (name: string, advice: string | ((text: string) => string), run: () => Promise<string>): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs)
  })
  try {
    return { step: name, kind: 'ok', text: await Promise.race([run(), late]) }
  } catch (error) {
    const text = reasonOf(error)
    return { step: name, kind: 'failed', text, advice: typeof advice === 'string' ? advice : advice(text) }
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner instanceof Error && inner.message !== '' ? inner.message : error.message
}

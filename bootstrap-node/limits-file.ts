// The operator's own limits: a JSON object with some of the names in limits.ts. Whoever holds the limits sees a change at once.
import { readFile } from 'node:fs/promises'
import { limits as usual } from './limits.ts'
import type { Limits } from './limits.ts'

export interface LiveLimits {
  /** Always the same object; its values change with `reload`. */
  readonly values: Limits
  /** The names whose values are not the usual ones. */
  changed(): readonly string[]
  /** Reads the file again; rejects with a sentence and changes nothing when it cannot be used. */
  reload(): Promise<void>
}

/** The limits of `path`, or the usual ones without. Rejects with a sentence when the file cannot be used. */
export const loadLimits = async (path: string | undefined): Promise<LiveLimits> => {
  const values = { ...usual }
  const reload = async (): Promise<void> => {
    if (path === undefined) return
    let text: string
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
    const read = limitsFrom(text)
    if (typeof read === 'string') throw new Error(`${path}: ${read}`)
    Object.assign(values, read)
  }
  await reload()
  return { values, reload, changed: () => names.filter((name) => values[name] !== usual[name]) }
}

const names = Object.keys(usual) as (keyof Limits)[]

/** All limits, those of `text` instead of the usual ones; or a sentence on what is wrong. */
export const limitsFrom = (text: string): Limits | string => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return 'this is not JSON.'
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'the limits must be one JSON object.'
  const changes: Record<string, number | bigint> = {}
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(usual, name)) return `there is no limit "${name}".`
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) return `"${name}" must be a whole number of at least 1.`
    changes[name] = name === 'relayedLinkBytes' ? BigInt(value) : value
  }
  return { ...usual, ...changes }
}

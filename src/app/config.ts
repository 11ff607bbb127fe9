// Which bootstrap nodes this copy of the page knows: the one that serves it, if one does, and those that its host names.
import { onlineOrAfter } from './online-or-after.ts'
import { nodeAddressAt, nodeInfoFrom, stunUrlAt, stunUrlOf } from '../core/wire/node-info.ts'

export interface PageConfig {
  /** Multiaddrs with peer ids. */
  readonly nodes: readonly string[]
  /** `stun:host:port` of those nodes that answer STUN. */
  readonly stunUrls: readonly string[]
}

/** Browsers find their addresses no better with more, only later. */
const maxStunUrls = 2
const rememberedAs = 'parley.nodes'

/** Milliseconds that the host has for an answer, and until it is asked again: doubled each time, at most the last. */
const answerMs = 4_000
const againMs = 1_000
const againAtMostMs = 60_000

/**
 * Asks the page's host; when it does not answer, what it said the last time holds. It is asked again then, until it says something: whoever
 * loaded the page on a network that changed in that moment would know no node until they load it again. `late` is told of that answer.
 */
export const loadConfig = async (late: (config: PageConfig) => void): Promise<PageConfig> => {
  const answer = await askHost()
  if (answer === 'nothing') void askAgain(againMs).then(late)
  return answer === 'nothing' ? remembered() : answer
}

const askAgain = async (waitMs: number): Promise<PageConfig> => {
  await onlineOrAfter(waitMs)
  const answer = await askHost()
  return answer === 'nothing' ? askAgain(Math.min(2 * waitMs, againAtMostMs)) : answer
}

/** What holds from now on; `nothing` when the host did not answer. */
const askHost = async (): Promise<PageConfig | 'nothing'> => {
  const url = new URL('parley.json', document.baseURI)
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(answerMs) }).catch(() => undefined)
  if (response === undefined || response.status >= 500) return 'nothing'
  try {
    const config = configFrom(await response.json())
    localStorage.setItem(rememberedAs, JSON.stringify(config))
    return config
  } catch {
    // A host that only gives files away, and is no node.
    return remembered()
  }
}

/** A host that is no node itself names others only. Throws for what is no JSON object. */
const configFrom = (said: Record<string, unknown>): PageConfig => {
  const info = nodeInfoFrom(said)
  const stunUrl = info && stunUrlAt(info, location)
  const others = textsIn(said['nodes'])
  return {
    nodes: [...(info ? [nodeAddressAt(info, location)] : []), ...others],
    stunUrls: [...(stunUrl === undefined ? [] : [stunUrl]), ...others.flatMap((node) => stunUrlOf(node) ?? [])].slice(0, maxStunUrls),
  }
}

const remembered = (): PageConfig => {
  try {
    const { nodes, stunUrls } = JSON.parse(localStorage.getItem(rememberedAs) ?? '') as Record<string, unknown>
    return { nodes: textsIn(nodes), stunUrls: textsIn(stunUrls) }
  } catch {
    return { nodes: [], stunUrls: [] }
  }
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

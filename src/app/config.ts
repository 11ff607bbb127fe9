// Which bootstrap nodes this copy of the page knows: the one that serves it, if one does, and those that its host names.
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

/** Asks the page's host; when it does not answer, what it said the last time holds. */
export const loadConfig = async (): Promise<PageConfig> => {
  try {
    const response = await fetch(new URL('parley.json', document.baseURI), { cache: 'no-store', signal: AbortSignal.timeout(4_000) })
    const config = configFrom(await response.json())
    localStorage.setItem(rememberedAs, JSON.stringify(config))
    return config
  } catch {
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

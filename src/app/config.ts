// Which bootstrap nodes this copy of the page knows: the one that serves it, if one does, and those that its host names.
import * as v from 'valibot'

export interface PageConfig {
  /** Multiaddrs with peer ids. */
  readonly nodes: readonly string[]
  /** `stun:host:port` of those nodes that answer STUN. */
  readonly stunUrls: readonly string[]
}

const shape = v.object({ peer: v.optional(v.string()), stun: v.optional(v.boolean()), nodes: v.optional(v.array(v.string()), []) })
const rememberedAs = 'parley.nodes'

/** Asks the page's host; when it does not answer, what it said the last time holds. */
export const loadConfig = async (): Promise<PageConfig> => {
  try {
    const response = await fetch(new URL('parley.json', document.baseURI), { cache: 'no-store', signal: AbortSignal.timeout(4_000) })
    const said = v.parse(shape, await response.json())
    const config = { nodes: [...ownNode(said.peer), ...said.nodes], stunUrls: said.stun === true ? [`stun:${location.hostname}:${portOf()}`] : [] }
    localStorage.setItem(rememberedAs, JSON.stringify(config))
    return config
  } catch {
    return remembered()
  }
}

const remembered = (): PageConfig => {
  try {
    return v.parse(v.object({ nodes: v.array(v.string()), stunUrls: v.array(v.string()) }), JSON.parse(localStorage.getItem(rememberedAs) ?? ''))
  } catch {
    return { nodes: [], stunUrls: [] }
  }
}

/** The node that serves this page, reached by the way that the page came. */
const ownNode = (peer: string | undefined): readonly string[] => {
  if (peer === undefined) return []
  const host = location.hostname.replace(/^\[|\]$/g, '')
  const family = host.includes(':') ? 'ip6' : /^[\d.]+$/.test(host) ? 'ip4' : 'dns'
  return [`/${family}/${host}/tcp/${portOf()}/${location.protocol === 'https:' ? 'tls/ws' : 'ws'}/p2p/${peer}`]
}

const portOf = (): string => location.port || (location.protocol === 'https:' ? '443' : '80')

// What an address asks for. The secret of an invite stands there only until it is read: then it leaves the address bar and the history
// (PROTOCOL 2), as does everything else behind the `#`, and what another program shared.
import type { SheetRequest } from './events.ts'

/** As `core/invite/link` has it, which brings more with it than is wanted this early. */
const invitePath = '#/j/'
/** Where the manifest leads a `web+parley:` link; the link itself follows, escaped. */
const schemePath = '#/p/'

/** The whole link, when the page was opened with an invite. */
export const takeInvite = (): string | undefined => {
  const { hash, origin, pathname } = location
  if (hash.startsWith(invitePath)) return taken()
  if (!hash.startsWith(schemePath)) return undefined
  const [, code = ''] = /^web\+parley:(?:\/\/)?(?:j\/)?(.*)$/.exec(unescaped(hash.slice(schemePath.length))) ?? []
  taken()
  return `${origin}${pathname}${invitePath}${code}`
}

/** The sheet that the address asks for: somebody's code, a node to be added, what was shared, or one of the manifest's shortcuts. */
export const takeWish = (): SheetRequest | undefined => {
  const { hash, search } = location
  if (hash.startsWith('#/h/')) return { kind: 'hand', text: taken() }
  if (hash.startsWith('#/n/')) return { kind: 'nodes', typed: taken() }
  const shared = new URLSearchParams(search)
  const text = ['title', 'text', 'url'].flatMap((part) => shared.get(part)?.trim() || []).join('\n')
  if (text === '' && hash !== '#/new' && hash !== '#/invite') return undefined
  history.replaceState(history.state, '', location.pathname)
  return text !== '' ? { kind: 'share', text } : { kind: hash === '#/new' ? 'new' : 'invite' }
}

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

const taken = (): string => {
  const link = location.href
  history.replaceState(history.state, '', location.pathname + location.search)
  return link
}

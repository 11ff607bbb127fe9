// What an address asks for. The secret of an invite stands there only until it is read: then it leaves the address bar and the history
// (PROTOCOL 2), as does everything else behind the `#`.
import type { SheetRequest } from './events.ts'

/** The whole link, when the page was opened with an invite. */
export const takeInvite = (): string | undefined => (location.hash.startsWith('#/j/') ? taken() : undefined)

/** The sheet that the address asks for: somebody's code, or a node to be added. */
export const takeWish = (): SheetRequest | undefined => {
  if (location.hash.startsWith('#/h/')) return { kind: 'hand', text: taken() }
  return location.hash.startsWith('#/n/') ? { kind: 'nodes', typed: taken() } : undefined
}

const taken = (): string => {
  const link = location.href
  history.replaceState(history.state, '', location.pathname + location.search)
  return link
}

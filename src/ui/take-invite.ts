// The secret of an invite stands in the address only until it is read: then it leaves the address bar and the history (PROTOCOL 2).

/** The whole link, when the page was opened with one. */
export const takeInvite = (): string | undefined => {
  if (!location.hash.startsWith('#/j/')) return undefined
  const link = location.href
  history.replaceState(history.state, '', location.pathname + location.search)
  return link
}

// Which links may be clicked, and what must be said about them. Only http, https and mailto; and when the words of a link name
// another host than the one it goes to (or hide it behind look-alike letters), the true host is shown beside it in ASCII.

export interface SafeLink {
  readonly href: string
  /** The host to show beside the words; absent when the words say it themselves. */
  readonly host?: string
}

const schemes = new Set(['http:', 'https:', 'mailto:'])

/** `undefined` when the address must not become a link. */
export const safeLink = (address: string, words: string): SafeLink | undefined => {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  if (!schemes.has(url.protocol)) return undefined
  if (url.protocol === 'mailto:') {
    const target = decodeURIComponentSafely(url.pathname)
    return words.trim().replace(/^mailto:/i, '') === target ? { href: url.href } : { href: url.href, host: target }
  }
  const said = words
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
  const host = url.host.replace(/^www\./, '')
  const isSaid = said.startsWith(host) && /^(?:$|[/?#])/.test(said.slice(host.length)) && /^[\x20-\x7e]*$/.test(host)
  return isSaid ? { href: url.href } : { href: url.href, host: url.host }
}

const decodeURIComponentSafely = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// Unread messages where one sees them from elsewhere: in the title of the tab and on its icon.
import { t } from '../locales/index.ts'

/** Shows how many there are. `doc` is the page's. */
export const showUnread = (doc: Document, count: number): void => {
  const words = count > 0 ? `(${count}) ${t.app}` : t.app
  if (doc.title !== words) doc.title = words
  const icon = doc.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const file = count > 0 ? 'icon-unread.svg' : 'icon.svg'
  // An icon that another build named otherwise is left as it is.
  if (icon && /icon(-unread)?\.svg$/.test(icon.href) && !icon.href.endsWith(`/${file}`)) icon.href = icon.href.replace(/[^/]+$/, file)
}

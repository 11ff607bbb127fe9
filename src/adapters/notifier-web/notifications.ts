// The notifications themselves: nobody needs them before the first message, so they come later than the rest of the notifier.
import type { ConversationId } from '../../core/ids.ts'
import type { Notifier, Telling } from '../../ports/notifier.ts'

export type Notifications = Pick<Notifier, 'show' | 'clear'>

/** `icon` is the address of their picture; `chosen` is told when one without a service worker is. */
export const createNotifications = (icon: string, chosen: (conversation: ConversationId) => void): Notifications => {
  const shown = new Map<ConversationId, Notification>()
  return {
    show: async (telling) => {
      try {
        const registration = await navigator.serviceWorker?.getRegistration()
        if (registration?.active) await registration.showNotification(telling.title, optionsOf(telling, icon))
        else shown.set(telling.conversation, showHere(telling, icon, chosen))
      } catch {
        // A browser that shows none after all (some phones without a service worker): the title and the icon still count.
      }
    },
    clear: async (conversation) => {
      shown.get(conversation)?.close()
      shown.delete(conversation)
      const registration = await navigator.serviceWorker?.getRegistration()
      for (const notification of (await registration?.getNotifications({ tag: conversation })) ?? []) notification.close()
    },
  }
}

const optionsOf = ({ text, silent, conversation }: Telling, icon: string): NotificationOptions & { readonly renotify: boolean } => ({
  body: text,
  icon,
  silent,
  tag: conversation,
  // Told again for each, though there is one on the screen.
  renotify: !silent,
  data: { conversation },
})

const showHere = (telling: Telling, icon: string, chosen: (conversation: ConversationId) => void): Notification => {
  const notification = new Notification(telling.title, optionsOf(telling, icon))
  notification.addEventListener('click', () => {
    notification.close()
    focus()
    chosen(telling.conversation)
  })
  return notification
}

// Notifications of a real browser. Where the page has a service worker they go through it, since phones know no other way; what was chosen
// comes back as a message of that worker. Whether any tab is looked at is a shared lock that a tab holds while it has the focus.
import type { ConversationId } from '../../core/ids.ts'
import type { Notifier, NotifyPermission, Telling } from '../../ports/notifier.ts'

/** What the service worker posts when a notification was chosen. */
export interface Chosen {
  readonly kind: 'notification-chosen'
  readonly conversation: ConversationId
}

const lookingLock = 'parley-looking'

export interface WebNotifierOptions {
  /** Address of the picture in a notification. */
  readonly icon: string
}

export const createWebNotifier = ({ icon }: WebNotifierOptions): Notifier => {
  const shown = new Map<ConversationId, Notification>()
  const listeners = new Set<(conversation: ConversationId) => void>()
  const chosen = (conversation: ConversationId): void => {
    for (const listener of listeners) listener(conversation)
  }
  // Windows without a service worker, and browsers without one.
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<Partial<Chosen> | undefined>) => {
    if (data?.kind === 'notification-chosen' && data.conversation !== undefined) chosen(data.conversation)
  })
  sayWhenLookedAt()
  const { permission, ask } = createPermission()

  return {
    permission,
    ask,
    show: async (telling) => {
      if (permission() !== 'granted') return
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
    badge: (count) => {
      if (!('setAppBadge' in navigator)) return
      const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()
      done.catch(() => undefined)
    },
    isLookedAt: async () => {
      if (isLookedAtHere()) return true
      const { held } = await navigator.locks.query()
      return held?.some(({ name }) => name === lookingLock) === true
    },
    onChosen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * Each look at `Notification.permission` stops the page until the browser's own process has answered, a tenth of a second where that is busy,
 * and whoever draws asks every time. So the answer is kept until it may be another: people change it in the browser's settings.
 */
const createPermission = (): Pick<Notifier, 'permission' | 'ask'> => {
  let known: NotifyPermission | undefined
  const forget = (): void => {
    known = undefined
  }
  // Not every browser tells of the change itself; in all of them one comes back to the page from where it was made.
  for (const type of ['focus', 'pageshow'] as const) addEventListener(type, forget)
  navigator.permissions?.query({ name: 'notifications' }).then(
    (status) => status.addEventListener('change', forget),
    () => undefined,
  )
  const permission = (): NotifyPermission => (known ??= permissionNow())
  return {
    permission,
    ask: async () => {
      if (permission() === 'ask') await Notification.requestPermission()
      forget()
      return permission()
    },
  }
}

const permissionNow = (): NotifyPermission => {
  if (!('Notification' in globalThis)) return 'never'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
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

const isLookedAtHere = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

/** Holds the shared lock for as long as this tab is in front. */
const sayWhenLookedAt = (): void => {
  let release: (() => void) | undefined
  const look = (): void => {
    if (!isLookedAtHere()) {
      release?.()
      release = undefined
    } else if (release === undefined) {
      const away = new Promise<void>((resolve) => (release = resolve))
      navigator.locks.request(lookingLock, { mode: 'shared' }, () => away).catch(() => undefined)
    }
  }
  for (const type of ['focus', 'blur', 'pageshow'] as const) addEventListener(type, look)
  document.addEventListener('visibilitychange', look)
  look()
}

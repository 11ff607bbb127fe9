// Notifications of a real browser. Where the page has a service worker they go through it, since phones know no other way; what was chosen
// comes back as a message of that worker. Whether any tab is looked at is a shared lock that a tab holds while it has the focus.
import type { ConversationId } from '../../core/ids.ts'
import type { Notifier, NotifyPermission } from '../../ports/notifier.ts'
import type { Notifications } from './notifications.ts'

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
  let made: Notifications | undefined
  /** Where none may be shown there is none; nor without the code, which a page without a network may lack. */
  const withNotifications = async (act: (notifications: Notifications) => Promise<void>): Promise<void> => {
    if (permission() !== 'granted') return
    await import('./notifications.ts').then(
      ({ createNotifications }) => act((made ??= createNotifications(icon, chosen))),
      () => undefined,
    )
  }

  return {
    permission,
    ask,
    show: (telling) => withNotifications(({ show }) => show(telling)),
    clear: (conversation) => withNotifications(({ clear }) => clear(conversation)),
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
 * and whoever draws asks every time. So the answer is kept until somebody comes back to the page, perhaps from the browser's settings.
 */
const createPermission = (): Pick<Notifier, 'permission' | 'ask'> => {
  let known: NotifyPermission | undefined
  addEventListener('focus', () => (known = undefined))
  const permission = (): NotifyPermission => (known ??= permissionNow())
  return {
    permission,
    ask: async () => {
      if (permission() === 'ask') await Notification.requestPermission()
      known = undefined
      return permission()
    },
  }
}

const permissionNow = (): NotifyPermission => {
  if (!('Notification' in globalThis)) return 'never'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
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

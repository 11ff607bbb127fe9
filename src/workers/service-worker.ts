// Keeps the page itself on this device, so that it opens without any network. One cache for each build, filled once and never mixed: a
// page always gets the files that it was built with. A new build waits until no page of the old one is open, or until a person says so.
// A notification that was chosen brings its page to the front.
// What people say is not here: that is the database's.

declare const self: ServiceWorkerGlobalScope
/** Written in by the build: every file of the page, relative to this one, and a hash over all of them. */
declare const __PARLEY_FILES__: readonly string[]
declare const __PARLEY_BUILD__: string

const prefix = 'parley-page-'
const cacheName = prefix + __PARLEY_BUILD__
const base = new URL('./', self.location.href)
const shell = new URL('index.html', base).href
const files = new Set(__PARLEY_FILES__.map((file) => new URL(file, base).href))

self.addEventListener('install', (event) => {
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOthers(), self.clients.claim()]))
})

self.addEventListener('fetch', (event) => {
  const file = fileOf(event.request)
  if (file !== undefined) event.respondWith(answer(file))
})

self.addEventListener('message', (event) => {
  const said = event.data as { readonly kind?: unknown; readonly how?: unknown } | null
  if (said?.kind === 'take-over') event.waitUntil(takeOver(said.how === 'if-alone'))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(bringToFront((event.notification.data as { readonly conversation?: unknown } | null)?.conversation))
})

const takeOver = async (ifAlone: boolean): Promise<void> => {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!ifAlone || pages.length <= 1) await self.skipWaiting()
}

const bringToFront = async (conversation: unknown): Promise<void> => {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (page === undefined) {
    await self.clients.openWindow(base.href)
    return
  }
  page.postMessage({ kind: 'notification-chosen', conversation })
  await page.focus()
}

/** All or nothing: a build that cannot be fetched whole is not kept. */
const keep = async (): Promise<void> => {
  const cache = await caches.open(cacheName)
  // Hashed names may come from the browser's own cache; the shell must be the host's newest.
  await cache.addAll([...files].map((file) => new Request(file, { cache: file === shell ? 'reload' : 'default' })))
}

const dropOthers = async (): Promise<void> => {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)))
}

/** The file of the build that answers a request; undefined for what only the host can say. */
const fileOf = (request: Request): string | undefined => {
  if (request.method !== 'GET') return undefined
  const url = new URL(request.url)
  url.search = ''
  url.hash = ''
  if (url.href === base.href) return shell
  return files.has(url.href) ? url.href : undefined
}

/** From the cache; a browser that threw the cache away still has the network, which learns the file's name and nothing behind a `?`. */
const answer = async (file: string): Promise<Response> => (await (await caches.open(cacheName)).match(file)) ?? fetch(file)

// The composition root: nothing else says `new` to a technology.
import type { Commands } from '../ports/commands.ts'
import { createWebNotifier } from '../adapters/notifier-web/web-notifier.ts'
import { bestLanguage, mountApp, nextTask, speak, timeOf } from '../ui/index.ts'
import { loadConfig } from './config.ts'
import { startEngine } from './engine.ts'
import { createLazyNetwork } from './lazy-network.ts'
import { keepPage } from './offline.ts'
import { browserPreferences } from './preferences.ts'
import { seen } from './seen.ts'
import { livesHere, networkWanted } from './wanted.ts'

const engine = startEngine()
const commands: Commands = {
  ...engine.commands,
  eraseDevice: async () => {
    await engine.commands.eraseDevice()
    localStorage.clear()
  },
}
// The database opens at once; only the network waits for the host to say which nodes it knows.
engine.open(
  { origin: `${location.origin}${location.pathname}` },
  createLazyNetwork(loadConfig, networkWanted(engine.queries, browserPreferences)),
)

// Before the first paint, so that no word changes under somebody's eyes.
await speak(bestLanguage(browserPreferences.read('language'), navigator.languages))
await seen()
mountApp(document.body, {
  commands,
  queries: engine.queries,
  version: __PARLEY_VERSION__,
  preferences: browserPreferences,
  notifier: createWebNotifier({ icon: new URL('icon-192.png', document.baseURI).href }),
  updates: keepPage(),
})
window.hasStarted?.()
// The first time in words is slow, 15 to 30 ms: it is said while nobody is here yet, not in the midst of drawing everybody.
if (livesHere(browserPreferences)) void nextTask().then(() => timeOf(0))

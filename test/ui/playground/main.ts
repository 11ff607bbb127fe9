// The playground: the real page over a made-up world. `?scene=lively&theme=dark&lang=ar` picks what to look at; `world` is in the console.
import { mountApp, speak } from '../../../src/ui/index.ts'
import { memoryPreferences, quietNotifier, scenes, type SceneName } from './scenes.ts'

const wanted = new URLSearchParams(location.search)
const world = scenes[(wanted.get('scene') ?? 'lively') as SceneName]()
const preferences = memoryPreferences()
preferences.write('theme', wanted.get('theme') ?? 'system')
Object.assign(globalThis, { world })
await speak(wanted.get('lang') ?? 'en')
preferences.write('notify', wanted.get('notify') ?? 'yes')
mountApp(document.body, {
  commands: world.commands,
  queries: world.queries,
  version: '0.1.0 (playground)',
  preferences,
  notifier: quietNotifier(wanted.get('notify') === 'ask' ? 'ask' : 'granted'),
})

// One of the two people of the gallery: the real page over an engine that runs in the window around it.
import { mountApp, speak } from '../../../src/ui/index.ts'
import { memoryPreferences, quietNotifier } from '../playground/scenes.ts'
import type { GalleryWindow } from './main.ts'

const wanted = new URLSearchParams(location.search)
const preferences = memoryPreferences()
preferences.write('theme', wanted.get('theme') ?? 'system')
preferences.write('notify', 'yes')
await speak(wanted.get('lang') ?? 'en')
const people = await (parent as GalleryWindow & Window).people
const messenger = people[wanted.get('who') === 'bob' ? 1 : 0]
mountApp(document.body, {
  commands: messenger.commands,
  queries: messenger.queries,
  version: '0.1.0 (gallery)',
  preferences,
  notifier: quietNotifier('granted'),
})

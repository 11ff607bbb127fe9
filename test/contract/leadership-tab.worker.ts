// A tab that stands for election in a realm of its own, and says so when it is elected.
import { createWebLocksLeadership } from '../../src/adapters/leadership-web-locks/web-locks-leadership.ts'

globalThis.addEventListener('message', ({ data }: MessageEvent<string>) => {
  createWebLocksLeadership({ name: data }).campaign(() => globalThis.postMessage('elected'))
  globalThis.postMessage('standing')
})

// Whether the page comes as it should: with the headers of its policy, over https.
import type { Target } from './check-target.ts'
import { patienceMs } from './check-step.ts'
import type { Finding } from './check-step.ts'
import { securityHeaders } from './security-headers.ts'

/** Findings on the page, none when nothing answers there. */
export async function* checkPage(target: Target): AsyncGenerator<Finding> {
  const response = await fetch(`${target.url}/`, { redirect: 'follow', signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined)
  // The first step has said so.
  if (response === undefined) return
  const text = await response.text()
  if (response.status === 404) return yield { step: 'page', kind: 'ok', text: 'none is served here' }
  if (response.status !== 200)
    return yield {
      step: 'page',
      kind: 'failed',
      text: `status ${response.status}: ${text.slice(0, 100).trim()}`,
      advice: 'Build it, or start with --no-page.',
    }
  const wrong = Object.entries(securityHeaders).filter(([name, value]) => response.headers.get(name) !== value)
  yield wrong.length === 0
    ? { step: 'page', kind: 'ok', text: 'comes with every header of its policy' }
    : {
        step: 'page',
        kind: 'failed',
        text: `other headers than it should have: ${wrong.map(([name]) => name).join(', ')}`,
        advice: 'A proxy before the node must not change or add these.',
      }
  const local = /^(localhost|127\.|\[::1\])/.test(target.hostname)
  if (target.protocol === 'http:' && !local && new URL(response.url).protocol === 'http:')
    yield {
      step: 'https',
      kind: 'warning',
      text: 'browsers give a page what it needs only over https',
      advice: 'Put a proxy with a certificate before the node (see samples), or use --tls-cert and --tls-key.',
    }
}

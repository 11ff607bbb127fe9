/** The page's policy is written twice: in the header of our node, and in the page for plain file servers. Browsers enforce both at once. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { securityHeaders } from '../../bootstrap-node/security-headers.ts'

const page = await readFile(new URL('../../src/app/index.html', import.meta.url), 'utf8')
const ofPage = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1] ?? ''
const ofHeader = securityHeaders['content-security-policy'] ?? ''

const directives = (policy: string): Map<string, string[]> =>
  new Map(
    policy
      .split(';')
      .map((line) => line.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources.toSorted()]),
  )

describe('the policy', () => {
  test('is the same in the page and in the header', () => {
    const header = directives(ofHeader)
    // The one directive that a page cannot give itself.
    header.delete('frame-ancestors')
    expect(directives(ofPage)).toEqual(header)
  })

  test('allows no inline script or style, no evaluated text and no other host', () => {
    const sources = [...directives(ofHeader).values()].flat()
    expect(sources).not.toContain("'unsafe-inline'")
    expect(sources).not.toContain("'unsafe-eval'")
    expect(sources).not.toContain('https:')
    expect(sources).not.toContain('*')
    expect(directives(ofHeader).get('require-trusted-types-for')).toEqual(["'script'"])
  })

  test('finds nothing to forbid in the page', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/)
    expect(page).not.toMatch(/https?:\/\//)
  })
})

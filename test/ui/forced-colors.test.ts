// Where colours are forced, the browser paints the page's ground behind every word: on a ground of its own one would not be seen any more.
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { expect, test } from 'vitest'

/** The rules that colour words for a ground of their own, and do not say that it stays. */
const unreadable = (css: string): readonly string[] =>
  [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) =>
    /(?<![-\w])color: var\(--on-(?:accent|bad)\)/.test(body) && !selector.includes(':hover') && !body.includes('forced-color-adjust: none')
      ? [selector.trim()]
      : [],
  )

test('words on the accent can be read where colours are forced', async () => {
  expect(unreadable('.a { color: var(--on-accent); } .b { color: var(--on-bad); forced-color-adjust: none; }')).toEqual(['.a'])
  const found: string[] = []
  for await (const file of glob('src/ui/**/*.ts', { cwd: new URL('../..', import.meta.url) }))
    for (const css of readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').match(/css`[^`]*`/g) ?? [])
      found.push(...unreadable(css).map((selector) => `${file}: ${selector}`))
  expect(found).toEqual([])
})

// Where colours are forced, the browser paints the page's ground behind every word: on a ground of its own one would not be seen any more.
import { expect, test } from 'vitest'
import { inAllStyles } from './css-blocks.ts'

/** The rules that colour words for a ground of their own, and do not say that it stays. */
const unreadable = (css: string): readonly string[] =>
  [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) =>
    /(?<![-\w])color: var\(--on-(?:accent|bad)\)/.test(body) && !selector.includes(':hover') && !body.includes('forced-color-adjust: none')
      ? [selector.trim()]
      : [],
  )

test('words on the accent can be read where colours are forced', async () => {
  expect(unreadable('.a { color: var(--on-accent); } .b { color: var(--on-bad); forced-color-adjust: none; }')).toEqual(['.a'])
  expect(await inAllStyles(unreadable)).toEqual([])
})

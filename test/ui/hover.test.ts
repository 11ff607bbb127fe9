// What looks different under a pointer does so only where there is one: after a tap it would stay so.
import { expect, test } from 'vitest'
import { inAllStyles } from './css-blocks.ts'

/** A tap shows when a message was said, and the next one elsewhere hides it again. */
const wanted = ['.row:not(.telling):hover .meta,']

/** The lines in which a rule begins that holds under a pointer, outside of what holds for pointers alone. */
const staying = (css: string): readonly string[] => {
  const open: string[] = []
  return css.split('\n').flatMap((line) => {
    const text = line.trim()
    const isStaying = text.includes(':hover') && /[{,]$/.test(text) && !open.includes('@media (hover: hover) {')
    if (text.endsWith('{')) open.push(text)
    else if (text === '}') open.pop()
    return isStaying && !wanted.includes(text) ? [text] : []
  })
}

test('no style of a pointer that hovers stays after a tap', async () => {
  expect(staying('a:hover {\n}\n@media (hover: hover) {\n b:hover {\n }\n}')).toEqual(['a:hover {'])
  expect(await inAllStyles(staying)).toEqual([])
})

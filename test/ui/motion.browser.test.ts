// Whoever asked for less motion sees what others see, standing still.
/// <reference types="@vitest/browser-playwright" />
import { render } from 'lit'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { messageTemplate } from '../../src/ui/conversation/message.ts'
import { messageStyles } from '../../src/ui/conversation/message-styles.ts'
import { tokens } from '../../src/ui/styles/tokens.ts'
import { restingFrame } from './playground/frame.ts'
import { createWorld, person } from './playground/world.ts'

const motion = (value: 'reduce' | 'no-preference'): Promise<unknown> =>
  cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] })
beforeAll(() => {
  document.adoptedStyleSheets = tokens.styleSheet ? [tokens.styleSheet] : []
})
afterEach(() => motion('no-preference'))

test.each([
  ['reduce', 0],
  ['no-preference', 1],
] as const)('a message that one jumped to is marked, and with motion "%s" %i animations run', async (wish, running) => {
  await motion(wish)
  const world = createWorld()
  const bob = person('Bob')
  const place = document.body.appendChild(document.createElement('div'))
  const root = place.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = messageStyles.styleSheet ? [messageStyles.styleSheet] : []
  render(messageTemplate(world.say(world.addRoom('direct', 'Bob', [bob]), bob, 'Here'), { ...restingFrame, jumped: true }), root)
  const article = root.querySelector('article')!
  expect(article.getAnimations()).toHaveLength(running)
  expect(getComputedStyle(article).boxShadow).toContain('0px 0px 0px 3px')
  place.remove()
})

// Who is at the end stays there, whatever grows above it and whichever is told first: the scroll or the growth.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScrollKeeper, type ScrollKeeper } from '../../src/ui/conversation/scroll-keeper.ts'

let scroller: HTMLElement
let keeper: ScrollKeeper
let isEnd: boolean
const row = (height: number): HTMLElement => {
  const element = document.createElement('div')
  element.dataset['id'] = `row ${scroller.childElementCount}`
  element.style.height = `${height}px`
  scroller.append(element)
  return element
}
const fromEnd = (): number => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight

beforeEach(() => {
  isEnd = true
  scroller = document.createElement('div')
  scroller.style.cssText = 'block-size: 200px; overflow: auto; overflow-anchor: none'
  document.body.append(scroller)
  for (let i = 0; i < 10; i++) row(100)
  keeper = createScrollKeeper(scroller, () => isEnd)
  keeper.toBottom()
})
afterEach(() => scroller.remove())

test('a part of a row that comes later than the row does not part anybody from the end', () => {
  const [first] = scroller.children
  ;(first as HTMLElement).style.height = '500px'
  // The scroll to the end is told only now.
  keeper.scrolled()
  expect(keeper.pinned).toBe(true)
  expect(fromEnd()).toBeLessThan(2)
})

test('whoever scrolls up is not taken back to the end', () => {
  scroller.scrollTop -= 300
  keeper.scrolled()
  expect(keeper.pinned).toBe(false)
  row(100)
  keeper.scrolled()
  expect(fromEnd()).toBe(400)
})

test('the end of what is drawn is not followed while there is more below', () => {
  isEnd = false
  row(100)
  keeper.scrolled()
  expect(keeper.pinned).toBe(false)
  expect(fromEnd()).toBe(100)
})

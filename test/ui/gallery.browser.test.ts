// The gallery shows what it says: two people with real engines who hear each other, and every element, with nothing that axe finds.
import axe from 'axe-core'
import { html, render } from 'lit'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { ConversationSummary } from '../../src/ports/queries.ts'
import { base, buttons, fields } from '../../src/ui/styles/shared.ts'
import { tokens } from '../../src/ui/styles/tokens.ts'
import { elementParts, elementStyles } from './gallery/elements.ts'
import { twoPeople } from './gallery/two-people.ts'
import { until } from './mount.ts'

test('two people with real engines in one window have met, and what one says the other has', async () => {
  const [alice, bob] = await twoPeople()
  let hers: ConversationSummary | undefined
  let his: ConversationSummary | undefined
  alice.queries.conversations().subscribe(([room]) => (hers = room))
  bob.queries.conversations().subscribe(([room]) => (his = room))
  const room = await until(() => (hers?.unread === 2 ? hers.id : undefined))
  if (room) await alice.commands.sendMessage(room, 'And this is me')
  await until(() => his?.lastText?.text === 'And this is me' && his.unread === 1)
  await Promise.all([alice.stop(), bob.stop()])
})

test('every element is drawn in every state, and axe finds nothing', async () => {
  await page.viewport(1280, 800)
  document.adoptedStyleSheets = tokens.styleSheet ? [tokens.styleSheet] : []
  const place = document.createElement('main')
  document.body.append(place)
  const root = place.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [base, buttons, fields, ...elementStyles].flatMap(({ styleSheet }) => styleSheet ?? [])
  const parts = await elementParts()
  expect(parts.every(({ states }) => states.length > 0)).toBe(true)
  render(
    html`<div>${parts.map(({ name, states }) => html`<h2>${name}</h2>${states.map(([, template]) => html`<div>${template}</div>`)}`)}</div>`,
    root,
  )
  const { violations } = await axe.run(place, { resultTypes: ['violations'], rules: { region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: found }) => found.slice(0, 120)).join(' | ')}`)).toEqual([])
  place.remove()
})

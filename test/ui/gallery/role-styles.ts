// One class for each colour role, to show it.
import { css, unsafeCSS } from 'lit'
import { light } from '../../../src/ui/styles/colors.ts'

const rules = Object.keys(light)
  .map((role) => role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  .map((role) => `.role-${role} { fill: var(--${role}); stroke: var(--edge); }`)

export const roleStyles = css`
  ${unsafeCSS(rules.join('\n'))}
`

// Palettes as CSS: custom properties of the document, and overrides of both where an attribute of it says so.
import { css, unsafeCSS } from 'lit'
import type { Palette } from './colors.ts'

const kebab = (role: string): string => role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A palette as custom properties. Only colours of this program, or computed by it, are turned into CSS here. */
export const colors = (palette: Partial<Palette>) =>
  unsafeCSS(
    Object.entries(palette)
      .map(([role, value]) => `--${kebab(role)}: ${value};`)
      .join('\n'),
  )

/** Overrides of both palettes where the document says so. */
export const where = (attribute: string, over: { readonly light: Partial<Palette>; readonly dark: Partial<Palette> }) => {
  const at = unsafeCSS(attribute)
  return css`
    :root${at} {
      ${colors(over.light)}
    }
    @media (prefers-color-scheme: dark) {
      :root:not([data-theme='light'])${at} {
        ${colors(over.dark)}
      }
    }
    :root[data-theme='dark']${at} {
      ${colors(over.dark)}
    }
  `
}

// The icons are lucide's, drawn with one path each.
import { describe, expect, test } from 'vitest'
import { iconPaths } from '../../src/ui/elements/icon-paths.ts'
import { iconPathsLater } from '../../src/ui/elements/icon-paths-later.ts'
import { pathOf, pathsFromLucide } from './lucide.ts'

describe('icons', () => {
  test('are what the installed package draws', () => {
    expect({ ...iconPaths, ...iconPathsLater }).toEqual(pathsFromLucide())
  })

  test('become one path of all their shapes', () => {
    const source =
      '<svg><path d="m1 2 3 4" /><circle cx="5" cy="5" r="2" /><line x1="0" y1="1" x2="2" y2="3" /><rect x="1" y="1" width="4" height="4" rx="1" /></svg>'
    expect(pathOf(source)).toBe(
      'M0 0m1 2 3 4M3 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M0 1L2 3M2 1h2a1 1 0 0 1 1 1v2a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1v-2a1 1 0 0 1 1 -1z',
    )
  })

  test('refuse a shape that nobody has thought of', () => {
    expect(() => pathOf('<svg><ellipse cx="1" /></svg>')).toThrow('ellipse')
  })
})

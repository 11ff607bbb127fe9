/** What the compiler cannot see, the linter forbids: clocks, dice and effects in the still floors, and markup made of strings anywhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHouseCopy, type HouseCopy } from './copy.ts'

let house: HouseCopy

beforeAll(async () => {
  house = await createHouseCopy()
})

afterAll(() => house[Symbol.asyncDispose]())

const rulesFiredBy = async (path: string, text: string): Promise<string[]> => {
  await house.put(path, text)
  return house.lint(path)
}

describe('core and services are still', () => {
  const restless = {
    'eslint(no-restricted-globals)': [
      'Date.now()',
      'new Date()',
      'performance.now()',
      'setTimeout(done, 1)',
      'setInterval(done, 1)',
      'queueMicrotask(done)',
      'console.log(1)',
      'crypto.randomUUID()',
      'process.exit()',
      "fetch('/')",
      "indexedDB.open('a')",
      'window.name',
      'globalThis.setTimeout(done, 1)',
    ],
    'eslint(no-restricted-properties)': ['Math.random()'],
  }
  const cases = ['src/core', 'src/services'].flatMap((floor) =>
    Object.entries(restless).flatMap(([rule, lines]) => lines.map((line) => [floor, line, rule] as const)),
  )

  test.each(cases)('%s may not say %s', async (floor, line, rule) => {
    expect(await rulesFiredBy(`${floor}/restless.ts`, `export const done = () => {}\nexport const act = () => ${line}\n`)).toContain(rule)
  })

  test('a still file passes', async () => {
    expect(await rulesFiredBy('src/core/still.ts', 'export const add = (a: number, b: number): number => a + b\n')).toEqual([])
  })

  test('two files may not import each other', async () => {
    await house.put('src/core/hen.ts', "import { egg } from './egg.ts'\nexport const hen = (): string => egg()\n")
    expect(await rulesFiredBy('src/core/egg.ts', "import { hen } from './hen.ts'\nexport const egg = (): string => hen()\n")).toContain(
      'import(no-cycle)',
    )
  })
})

describe('technology stays in adapters', () => {
  const forbids = 'eslint(no-restricted-imports)'
  test.each([
    ['src/core', '@noble/hashes/sha2.js', []],
    ['src/core', 'cborg', []],
    ['src/core', 'valibot', []],
    ['src/core', '@scure/base', []],
    ['src/core', '@libp2p/crypto', [forbids]],
    ['src/core', 'comlink', [forbids]],
    ['src/core', 'lit', [forbids]],
    ['src/core', 'idb', [forbids]],
    ['src/core', 'node:fs', [forbids]],
    ['src/ports', 'libp2p', [forbids]],
    ['src/services', 'cborg', [forbids]],
    ['src/services', 'idb', [forbids]],
  ])('%s and the package %s', async (floor, name, rules) => {
    expect(await rulesFiredBy(`${floor}/names.ts`, `export * from '${name}'\n`)).toEqual(rules)
  })
})

describe('strings never become markup', () => {
  test.each([
    'element.innerHTML = text',
    'element.outerHTML = text',
    "element.insertAdjacentHTML('beforeend', text)",
    'document.write(text)',
  ])('the screen may not say %s', async (line) => {
    const rules = await rulesFiredBy('src/ui/loud.ts', `export const show = (element: HTMLElement, text: string) => {\n  ${line}\n}\n`)
    expect(rules.filter((rule) => rule === 'eslint(no-restricted-properties)')).toHaveLength(1)
  })

  test('the screen may not import unsafeHTML', async () => {
    expect(await rulesFiredBy('src/ui/unsafe.ts', "export { unsafeHTML } from 'lit/directives/unsafe-html.js'\n")).toContain(
      'eslint(no-restricted-imports)',
    )
  })
})

describe('promises and unions', () => {
  test.each([
    ['typescript(no-floating-promises)', 'export const a = () => {\n  Promise.resolve(1)\n}\n'],
    ['typescript(no-misused-promises)', 'export const a = (p: Promise<boolean>) => (p ? 1 : 2)\n'],
    ['typescript(await-thenable)', 'export const a = async (n: number) => await n\n'],
    [
      'typescript(switch-exhaustiveness-check)',
      "export const a = (x: 'l' | 'r') => {\n  switch (x) {\n    case 'l':\n      return 1\n  }\n}\n",
    ],
  ])('%s holds everywhere', async (rule, text) => {
    expect(await rulesFiredBy('src/core/loose.ts', text)).toContain(rule)
  })
})

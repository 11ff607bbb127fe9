/** `npm ci` is the first thing that a stranger's machine does; it refuses a lockfile with a hole in it. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

interface Locked {
  version?: string
  resolved?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const read = async <T>(name: string): Promise<T> => JSON.parse(await readFile(new URL(`../../${name}`, import.meta.url), 'utf8')) as T

const { packages } = await read<{ packages: Record<string, Locked> }>('package-lock.json')
const manifest = await read<Locked>('package.json')

test('the lockfile names the packages of every platform (if not: npm run lock)', () => {
  const paths = Object.keys(packages)
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

test('the lockfile and package.json ask for the same exact versions', () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const locked = Object.fromEntries(Object.keys(asked).map((name) => [name, packages[`node_modules/${name}`]?.version]))
  expect(locked).toEqual(asked)
})

test('the lockfile names no registry, so that everyone uses their own', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
})

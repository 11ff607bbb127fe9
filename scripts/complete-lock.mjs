/**
 * `npm run lock`: writes into package-lock.json the packages of platforms that the registry in use does not serve.
 *
 * Tools such as oxlint name one optional package for each platform. Where a registry lacks some of them, npm leaves them out of the
 * lockfile, and then `npm ci` refuses that lockfile everywhere. The entry of such a package follows from its name and its parent; only its
 * hash is unknown, and npm asks for none on platforms that skip it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { top } from './lib/ready.mjs'

const file = join(top, 'package-lock.json')
/** @type {{ packages: Record<string, { optionalDependencies?: Record<string, string>, [other: string]: unknown }> }} */
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = Object.values(lock.packages)
  .flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies))
  .filter(([name]) => !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)))

for (const [name, version] of missing) {
  // Such as @oxlint/binding-linux-arm64-musl or @oxlint-tsgolint/win32-x64.
  const [os, cpu, abi] = (name.split('/')[1] ?? '').replace('binding-', '').split('-')
  const libc = os === 'linux' && abi !== undefined ? { libc: [abi.includes('musl') ? 'musl' : 'glibc'] } : {}
  lock.packages[`node_modules/${name}`] = { version, cpu: [cpu], dev: true, ...libc, optional: true, os: [os] }
  console.log(`${name} ${version}`)
}
const inOrder = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`)
console.log(`${missing.length} added`)

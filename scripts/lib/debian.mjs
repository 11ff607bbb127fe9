/** What the system itself has: programs on PATH, and Debian's packages for those that are missing. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from './stop.mjs'

/** @param {string} name @returns {string | undefined} the path of a program */
export const findOnPath = (name) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/**
 * Installs a package unless `find` finds what it is wanted for.
 * @param {string} name of the package
 * @param {string} title for people
 * @param {() => string | undefined} find
 * @throws {Stop} with one sentence when that cannot be done.
 */
export const ensurePackage = (name, title, find) => {
  if (find() !== undefined) return
  const missing = `${title} is missing; please install it (on Debian: apt-get install ${name}) and run this again.`
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (findOnPath('apt-get') === undefined || (asRoot.length > 0 && findOnPath('sudo') === undefined)) throw new Stop(missing)
  console.error(`Installing ${title} from the packages of this system ...`)
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  // Standard output belongs to results (`--json`); the installer's chatter goes to standard error.
  const run = (/** @type {string[]} */ ...words) =>
    spawnSync(apt[0] ?? 'env', [...apt.slice(1), ...words], { stdio: ['ignore', 2, 2] }).status === 0
  const install = () => run('install', '-y', '--no-install-recommends', name)
  // A fresh machine has no package lists yet: fetch them, and only then.
  if (!(install() || (run('update') && install())) || find() === undefined) throw new Stop(missing)
}

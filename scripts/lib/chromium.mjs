/**
 * Where Chromium is, how it is installed, and the switches it is started with in tests.
 *
 * Read by vite.config.ts and by the commands. Downloads of browsers by npm packages are not relied upon: the system's own package is.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from './stop.mjs'

/** Switches for a Chromium in tests: quiet, no network of its own, and WebRTC between two profiles on this one machine. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
]

/**
 * The path of a Chromium: `PARLEY_CHROMIUM` if set, else the first on PATH.
 * @returns {string | undefined}
 */
export const findChromium = () =>
  process.env['PARLEY_CHROMIUM'] ?? findOnPath('chromium') ?? findOnPath('chromium-browser') ?? findOnPath('google-chrome')

/** Installs Debian's chromium when there is none. @throws {Stop} with one sentence when that cannot be done. */
export const ensureChromium = () => {
  if (findChromium() !== undefined) return
  const missing = 'Chromium is missing; please install it (on Debian: apt-get install chromium) and run this again.'
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (findOnPath('apt-get') === undefined || (asRoot.length > 0 && findOnPath('sudo') === undefined)) throw new Stop(missing)
  console.log('Installing Chromium from the packages of this system ...')
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  // Standard output belongs to results (`--json`); the installer's chatter goes to standard error.
  const run = (/** @type {string[]} */ ...words) =>
    spawnSync(apt[0] ?? 'env', [...apt.slice(1), ...words], { stdio: ['ignore', 2, 2] }).status === 0
  const install = () => run('install', '-y', '--no-install-recommends', 'chromium')
  // A fresh machine has no package lists yet: fetch them, and only then.
  if (!(install() || (run('update') && install())) || findChromium() === undefined) throw new Stop(missing)
}

/** @param {string} name @returns {string | undefined} */
const findOnPath = (name) =>
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

/**
 * Makes a fresh clone ready, for every command: installs packages that are missing or changed, and finds a Node that can run them.
 *
 * Debian's Node is too old for libp2p and for running TypeScript as it is, so a new one comes as an optional npm package (see
 * src/decisions/0011-node-from-npm.md). Everything under scripts/ therefore runs on Node 20 and starts the real work on that one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stop } from './stop.mjs'

/** The folder of package.json, no slash at its end. */
export const top = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

const bin = join(top, 'node_modules', '.bin')

/** Installs when needed. @returns {string} the path of a Node >= 22.18 @throws {Stop} */
export const ready = () => {
  if (!isInstalled()) install()
  const ours = join(bin, 'node')
  if (existsSync(ours)) return ours
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  throw new Stop(
    `Parley needs Node 22.18 or newer, this is ${process.version}, and npm has none for ${process.platform} on ${process.arch}; please install one.`,
  )
}

/**
 * Runs one program of this project on the right Node, in the top folder, and passes signals on.
 * @param {string} node as `ready` gives it
 * @param {string[]} words file and arguments
 * @param {{ env?: Record<string, string>, out?: number | 'inherit', deadline?: AbortSignal }} [options]
 * @returns {Promise<number>} exit code; 128 + the signal's number when a signal ended it
 */
export const run = (node, words, options = {}) => {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const child = spawn(node, words, {
    cwd: top,
    stdio: ['inherit', options.out ?? 'inherit', 'inherit'],
    env: { ...env, PATH: [bin, env['PATH']].join(delimiter), ...options.env },
  })
  return untilExit(child, options.deadline)
}

/** The program behind a name in node_modules/.bin, for `run`. @param {string} name of the package @param {string} [program] */
export const programOf = (name, program = name) => {
  const folder = join(top, 'node_modules', name)
  const { bin: programs } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof programs === 'string' ? programs : programs[program])
}

let interrupted = false

/** Whether somebody asked this command to stop: a command of several parts then begins no further one. */
export const isInterrupted = () => interrupted

/** @param {import('node:child_process').ChildProcess} child @param {AbortSignal} [deadline] */
const untilExit = (child, deadline) =>
  new Promise((resolve, reject) => {
    // Listening keeps this process alive until the child has cleaned up.
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    // A signal to the whole group (Ctrl-C) reaches the child by itself; one to npm or to this process alone does not. A second one at
    // once could cut the child's cleaning short, so it is passed on only to a child that is still there a moment later.
    /** @type {NodeJS.Timeout | undefined} */
    let passing
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      interrupted = true
      passing ??= setTimeout(() => {
        passing = undefined
        child.kill(signal)
      }, 250)
    }
    const late = () => {
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
    }
    for (const signal of signals) process.on(signal, pass)
    deadline?.addEventListener('abort', late)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      clearTimeout(passing)
      deadline?.removeEventListener('abort', late)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })

/**
 * Whether node_modules holds what the lockfile asks for, by content: npm writes its own list at the end of an install, so an
 * interrupted install has none. Dates are not asked, because git sets them as it likes.
 */
const isInstalled = () => {
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional, peer, link }]) =>
      path === '' || link === true || present[path]?.version === version || ((optional ?? peer) === true && present[path] === undefined),
  )
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean, link?: boolean }>} */
const packagesIn = (file) => {
  try {
    return JSON.parse(readFileSync(join(top, file), 'utf8')).packages
  } catch {
    return {}
  }
}

const install = () => {
  console.error('Installing packages (npm ci), which takes a minute or so ...')
  // npm must not run on the Node inside the folder it is about to delete.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.startsWith(join(top, 'node_modules')))
  const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: top,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: path.join(delimiter) },
  })
  if (error !== undefined) throw new Stop('npm is missing; please install it and run this again.')
  if (status !== 0) throw new Stop('The packages could not be installed; npm says why above.')
}

/** Where Firefox is, and how it is installed: the second engine of the end-to-end stories. */
import { ensurePackage, findOnPath } from './debian.mjs'

/** The path of a Firefox: `PARLEY_FIREFOX` if set, else the first on PATH. @returns {string | undefined} */
export const findFirefox = () => process.env['PARLEY_FIREFOX'] ?? findOnPath('firefox-esr') ?? findOnPath('firefox')

/** Installs Debian's firefox-esr when there is none. @throws {Stop} with one sentence when that cannot be done. */
export const ensureFirefox = () => ensurePackage('firefox-esr', 'Firefox', findFirefox)

/**
 * Where Chromium is, how it is installed, and the switches it is started with in tests.
 *
 * Read by vite.config.ts and by the commands. Downloads of browsers by npm packages are not relied upon: the system's own package is.
 */
import { ensurePackage, findOnPath } from './debian.mjs'

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
  // The lists under the address bar are pages of their own, which nobody here opens: more than half of what a start costs.
  '--disable-features=WebRtcHideLocalIpsWithMdns,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
]

/**
 * The path of a Chromium: `PARLEY_CHROMIUM` if set, else the first on PATH.
 * @returns {string | undefined}
 */
export const findChromium = () =>
  process.env['PARLEY_CHROMIUM'] ?? findOnPath('chromium') ?? findOnPath('chromium-browser') ?? findOnPath('google-chrome')

/** Installs Debian's chromium when there is none. @throws {Stop} with one sentence when that cannot be done. */
export const ensureChromium = () => ensurePackage('chromium', 'Chromium', findChromium)

/**
 * Has everything that is run from here on use the same Chromium without window, toolbars and what belongs to them. It starts in half of
 * the time, and `npm test` starts some two hundred. Where it cannot be had the whole Chromium serves as well.
 * @throws {Stop} with one sentence when neither can be had.
 */
export const preferHeadlessShell = () => {
  const find = () => process.env['PARLEY_CHROMIUM'] ?? findOnPath('chromium-headless-shell')
  try {
    ensurePackage('chromium-headless-shell', 'Chromium', find)
    process.env['PARLEY_CHROMIUM'] = find()
  } catch {
    ensureChromium()
  }
}

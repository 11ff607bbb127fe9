/** What public/start-again.js gives the page's program; absent when that file did not come either. */
interface Window {
  /** Loads the page again, soon. */
  readonly startAgain?: () => void
  /** The program runs: the next failure is the first one again. */
  readonly hasStarted?: () => void
}

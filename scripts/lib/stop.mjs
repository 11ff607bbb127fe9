/** An expected reason to end a command: one sentence for the person, no stack. */
export class Stop extends Error {}

/**
 * Runs a command's body, turning `Stop` into its one sentence and exit code 1. Anything else is a bug and keeps its stack.
 * @param {() => Promise<number> | number} body gives the exit code
 */
export const command = async (body) => {
  try {
    process.exitCode = await body()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

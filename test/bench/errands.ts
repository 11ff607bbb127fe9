// A process that does what its parent asks for, one answer for each task, and ends with it.

/** `run` answers a task; one that fails ends the process, and says why. */
export const doErrands = <Task>(run: (task: Task) => Promise<unknown>): void => {
  process.on('message', (task: Task) => {
    run(task).then(
      (told) => process.send?.(told),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  // Nobody is left who could ask for more.
  process.on('disconnect', () => process.exit(0))
  // What breaks off in a library breaks off one link.
  process.on('unhandledRejection', () => {})
}

// A process of guests (see node-guests.ts), seen from the one that measures.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Task, Told } from './node-guests.ts'

export interface Crowd {
  /** Settles with what the guests tell of it; rejects when their process ends. One task at a time. */
  does(task: Task): Promise<Told>
  end(): void
}

const program = fileURLToPath(new URL('node-guests.ts', import.meta.url))

export const createCrowd = (): Crowd => {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    does: (task) =>
      new Promise((resolve, reject) => {
        child.once('message', (told) => resolve(told as Told))
        child.once('exit', (code) => reject(new Error(`the guests ended with ${code}`)))
        child.send(task)
      }),
    end: () => child.kill('SIGKILL'),
  }
}

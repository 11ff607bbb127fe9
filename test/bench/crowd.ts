// A process of guests (see node-guests.ts), seen from the one that measures.
import { fork } from 'node:child_process'
import { getPriority, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Task, Told } from './node-guests.ts'

export interface Crowd {
  /** Settles with what the guests tell of it; rejects when their process ends. One task at a time. */
  does<Kind extends Task['kind']>(task: Task & { readonly kind: Kind }): Promise<Told & { readonly kind: Kind }>
  end(): void
}

const program = fileURLToPath(new URL('node-guests.ts', import.meta.url))

/** Stands back by `nice` steps before others who want the processor. */
export const createCrowd = (nice = 0): Crowd => {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  if (child.pid !== undefined && nice !== 0) setPriority(child.pid, getPriority() + nice)
  return {
    does: (task) =>
      new Promise((resolve, reject) => {
        child.once('message', (told) => resolve(told as Told & { readonly kind: typeof task.kind }))
        child.once('exit', (code) => reject(new Error(`the guests ended with ${code}`)))
        child.send(task)
      }),
    end: () => child.kill('SIGKILL'),
  }
}

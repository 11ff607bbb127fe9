// What libp2p remembers while the page is open. Each look and each note is a task of its own: in memory they would be done at once, and
// dozens of steps of the library's beginning would hold the page up as one.
import { MemoryDatastore } from 'datastore-core'
import { nextTask } from './next-task.ts'

export class PoliteDatastore extends MemoryDatastore {
  override async get(...args: Parameters<MemoryDatastore['get']>) {
    await nextTask()
    return super.get(...args)
  }

  override async put(...args: Parameters<MemoryDatastore['put']>) {
    await nextTask()
    return super.put(...args)
  }
}

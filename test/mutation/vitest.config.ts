// The tests that mutation testing runs again and again: those of the core, in one thread, without the projects of vite.config.ts.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const folders = (process.env['PARLEY_MUTATION_TESTS'] ?? '**').split(',')

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: folders.map((folder) => `test/core/${folder}/*.test.ts`),
    // Counts how much it has tried, so it cannot be cut short.
    exclude: ['test/core/members/advance.test.ts'],
    setupFiles: ['test/mutation/setup.ts'],
    testTimeout: 20_000,
  },
})

/** The checks that run no code of the project, by name, each as words for `run`. */
import { programOf } from './ready.mjs'

/** @returns {Record<'types' | 'lint' | 'format' | 'dead code', string[]>} */
export const checks = () => ({
  types: [programOf('typescript', 'tsc'), '-b'],
  lint: [programOf('oxlint'), '--type-aware', '--deny-warnings'],
  format: [programOf('oxfmt'), '--check'],
  'dead code': [programOf('knip')],
})

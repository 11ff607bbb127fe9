// Properties are tried for a moment and not to their end: a change is tried against every test that reaches it, thousands of times in all.
// So the score is the least that the tests are worth.
import * as fc from 'fast-check'

fc.configureGlobal({ interruptAfterTimeLimit: 2_000 })

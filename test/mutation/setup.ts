// Properties are tried for a moment and not to their end, from one seed, and what they find is not made smaller: a change is tried against every
// test that reaches it, thousands of times in all. So the score is the least that the tests are worth.
import * as fc from 'fast-check'

fc.configureGlobal({ seed: 1, interruptAfterTimeLimit: 500, endOnFailure: true })

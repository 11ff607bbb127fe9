// The memory leadership keeps the contract.
import { createMemoryElection, createMemoryLeadership } from '../../src/adapters/leadership-memory/memory-leadership.ts'
import { leadershipContract } from './leadership.contract.ts'

leadershipContract('memory', () => {
  const election = createMemoryElection()
  return { tab: () => createMemoryLeadership({ election }) }
})

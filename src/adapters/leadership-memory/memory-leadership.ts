// Leadership for tests and the simulator: one election is one browser, and each leadership in it is a tab. First come, first elected.
import type { Leadership } from '../../ports/leadership.ts'

/** What all tabs of one browser share. */
export interface MemoryElection {
  /** Stands until the returned function is called. */
  stand(elected: () => void): () => void
}

export const createMemoryElection = (): MemoryElection => {
  const candidates: { readonly elected: () => void }[] = []
  const electFirst = () => {
    const first = candidates[0]
    // Not within the caller's own call, as with Web Locks; by then it may have stood down.
    void Promise.resolve().then(() => {
      if (first !== undefined && candidates[0] === first) first.elected()
    })
  }
  return {
    stand: (elected) => {
      const candidate = { elected }
      if (candidates.push(candidate) === 1) electFirst()
      return () => {
        const at = candidates.indexOf(candidate)
        if (at < 0) return
        candidates.splice(at, 1)
        if (at === 0) electFirst()
      }
    },
  }
}

/** A tab that crashes is a returned function that is called. */
export const createMemoryLeadership = ({ election = createMemoryElection() }: { readonly election?: MemoryElection } = {}): Leadership => ({
  campaign: (elected) => election.stand(elected),
})

// Rate limits: a bucket of tokens for each party, that fills again with time. Forgotten once full, so memory follows use.

export interface TokenBuckets {
  /** Takes a token; `false` when the party has none left. */
  take(party: string, now: number): boolean
  readonly size: number
}

/** `burst` tokens at most, `perSecond` new ones a second; asked each time, since an operator may change them. */
export const createTokenBuckets = (rate: () => { readonly burst: number; readonly perSecond: number }): TokenBuckets => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  let sweptAt = 0

  const sweep = (now: number, secondsToFull: number): void => {
    if (now - sweptAt < 10_000) return
    sweptAt = now
    for (const [party, bucket] of buckets) if (now - bucket.at > secondsToFull * 1000) buckets.delete(party)
  }

  return {
    take(party, now) {
      const { burst, perSecond } = rate()
      sweep(now, burst / perSecond)
      const bucket = buckets.get(party) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
      const granted = tokens >= 1
      buckets.set(party, { tokens: granted ? tokens - 1 : tokens, at: now })
      return granted
    },
    get size() {
      return buckets.size
    },
  }
}

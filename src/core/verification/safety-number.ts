// What two people compare to be sure that nobody stands between them: 60 digits over both identity keys, the same on both sides. Each
// half is 5,200 rounds of SHA-512 over one key, so that finding a key with a similar half costs a forger that much for every try.
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, domain } from '../codec/bytes.ts'
import { fromHex, type IdentityId } from '../ids.ts'
import { createRecent } from '../recent.ts'

const rounds = 5_200
const groupsPerHalf = 6
/** Whoever compares looks at the same two halves again and again while the sheet is open, and their own in every other one. */
const keptHalves = 16

/** 12 groups of 5 digits. */
export const safetyNumber = (a: IdentityId, b: IdentityId): readonly string[] =>
  [a, b].toSorted().flatMap((identity) => halfOf(fromHex(identity)))

/** Compares one's own number with what was scanned or pasted; spaces and line breaks between digits mean nothing. */
export const compareSafetyNumber = (own: readonly string[], text: string): 'same' | 'different' | 'no-number' => {
  const digits = text.replace(/\s/g, '')
  if (!/^\d+$/.test(digits) || digits.length !== 2 * groupsPerHalf * 5) return 'no-number'
  return digits === own.join('') ? 'same' : 'different'
}

const halfOf = createRecent(keptHalves, (key): readonly string[] => {
  let digest = sha512(concatBytes(domain('safety-number/1'), key))
  for (let round = 1; round < rounds; round++) digest = sha512(concatBytes(digest, key))
  // 5 bytes a group, as a number below 100,000: the bias is below one in ten million.
  return Array.from({ length: groupsPerHalf }, (_, group) =>
    String(digest.subarray(group * 5, group * 5 + 5).reduce((value, byte) => value * 256 + byte, 0) % 100_000).padStart(5, '0'),
  )
})

// What may not change when something hostile came: SHA-256 over every row of every table of a device's database, but for what holds only
// now (`live`: links, who is typing, who told what they hold) and for proof against a liar, which is kept when the liar is caught and is
// counted by itself.
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeCbor } from '../../src/core/codec/cbor.ts'
import { toHex } from '../../src/core/ids.ts'
import type { TimelineRow } from '../../src/core/timeline/row.ts'
import type { MemoryDisk, Row } from '../../src/adapters/store-memory/memory-disk.ts'
import type { TableName } from '../../src/ports/store.ts'
import { tableNames } from '../../src/ports/tables.ts'

/** Written for eyes and for the moment, also when nothing was taken. */
const momentary: readonly TableName[] = ['live']

const isForkNotice = ({ value }: Row): boolean => (value as TimelineRow).kind === 'notice' && isForked(value as TimelineRow)
const isForked = (row: TimelineRow): boolean => row.kind === 'notice' && row.notice.kind === 'forked'

export interface StateHash {
  /** Over everything but proofs. */
  readonly state: string
  /** Fork proofs, and the lines that tell of them. */
  readonly proofs: number
  readonly proofLines: number
}

export const stateHash = (disk: MemoryDisk): StateHash => {
  const hash = sha256.create()
  let [proofs, proofLines] = [0, 0]
  for (const table of tableNames.filter((name) => !momentary.includes(name))) {
    for (const row of disk.state().get(table) ?? []) {
      const isProof = table === 'forks'
      const isLine = table === 'timeline' && isForkNotice(row)
      proofs += Number(isProof)
      proofLines += Number(isLine)
      if (!isProof && !isLine) hash.update(encodeCbor([table, row.key, row.value]))
    }
  }
  return { state: toHex(hash.digest()), proofs, proofLines }
}

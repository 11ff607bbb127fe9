// Parts of the index that were read before, opened as they are: whoever types a word asks for the same ones with every letter, and to decipher
// the words of a large segment takes longer than to find what is looked for in them. What belongs to a segment never changes, so nothing here
// grows old; what goes with a segment is asked for no more, and makes room.
import type { StoreReader } from '../../ports/store.ts'
import type { SearchRecord, Tables } from '../../ports/tables.ts'

/** Where words, documents and times stand. */
export type PartKey = Extract<Tables['search']['key'], readonly ['words' | 'docs' | 'times', ...unknown[]]>

export interface KnownParts {
  /** Not the caller's own: to be looked at only. */
  read(reader: StoreReader, key: PartKey): Promise<SearchRecord | undefined>
}

/** Bytes that are held at most, as far as they are counted. */
const mostBytes = 8 * 1024 * 1024
/** Of what is not counted: the key, and what holds a part together. */
const besides = 128

export const createKnownParts = (): KnownParts => {
  /** Least recently used first. That there is none is known as well. */
  const parts = new Map<string, SearchRecord | undefined>()
  let bytes = 0
  const keep = (name: string, part: SearchRecord | undefined): void => {
    parts.set(name, part)
    bytes += bytesOf(part)
    for (const [oldest, left] of parts) {
      if (bytes <= mostBytes) break
      parts.delete(oldest)
      bytes -= bytesOf(left)
    }
  }
  return {
    read: async (reader, key) => {
      const name = key.join(' ')
      const isKnown = parts.has(name)
      const part = isKnown ? parts.get(name) : await reader.get('search', key)
      // Two who asked side by side bring it twice.
      if (parts.delete(name)) bytes -= bytesOf(part)
      keep(name, part)
      return part
    },
  }
}

const bytesOf = (part: SearchRecord | undefined): number => {
  switch (part?.kind) {
    case 'words':
      return besides + part.words.length * 2 + part.ends.length + part.numbers.length
    case 'docs':
      return besides + part.ids.length + (part.inside.length + part.hlcs.length) * 8
    case 'times':
      return besides + part.spans.length
    default:
      return besides
  }
}

// Who an operator keeps out (`--deny`) or lets in alone (`--allow`): files of peers and addresses, one a line, `#` before a remark.
import { readFile } from 'node:fs/promises'
import { cidrFrom, inRanges } from './cidr.ts'
import type { Cidr } from './cidr.ts'

export interface Access {
  /** Whether an address alone is reason enough to refuse; asked before a handshake costs anything. */
  refusesAddress(address: string): boolean
  /** Whether the page is refused as well: only to those on the deny list. */
  denies(address: string): boolean
  /** Whether a peer at an address is refused. */
  refusesPeer(peer: string, address: string): boolean
  /** Reads the files again; rejects with a sentence and keeps the former lists when one cannot be used. */
  reload(): Promise<void>
}

interface List {
  readonly peers: ReadonlySet<string>
  readonly has: (address: string) => boolean
}

export const createAccess = (files: { readonly deny: string | undefined; readonly allow: string | undefined }): Access => {
  let deny: List = listFrom('')
  let allow: List | undefined

  return {
    // Somebody who is not at an allowed address may still be an allowed peer, if any are listed.
    refusesAddress: (address) => deny.has(address) || (allow !== undefined && allow.peers.size === 0 && !allow.has(address)),
    denies: (address) => deny.has(address),
    refusesPeer: (peer, address) =>
      deny.peers.has(peer) || deny.has(address) || (allow !== undefined && !allow.peers.has(peer) && !allow.has(address)),
    async reload() {
      const [denied, allowed] = [await read(files.deny), await read(files.allow)]
      deny = denied ?? listFrom('')
      allow = allowed
    },
  }
}

const read = async (path: string | undefined): Promise<List | undefined> => {
  if (path === undefined) return undefined
  try {
    return listFrom(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** A list out of the text of a file. Throws a sentence that names the line that is neither. */
export const listFrom = (text: string): List => {
  const peers = new Set<string>()
  const ranges: Cidr[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const entry = line.replace(/#.*$/, '').trim()
    if (entry === '') continue
    const range = cidrFrom(entry)
    if (range !== undefined) ranges.push(range)
    else if (/^[1-9A-HJ-NP-Za-km-z]{46,64}$/.test(entry)) peers.add(entry)
    else throw new Error(`line ${index + 1} is neither a peer id nor an address: "${entry}"`)
  }
  return { peers, has: inRanges(ranges) }
}

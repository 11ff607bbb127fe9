// Frames and gossip as their meaning, decoded once for all who listen in.
import type { WireTap } from '../../../src/adapters/network-memory/hub.ts'
import { decodeLinkMessage, type LinkMessage } from '../../../src/core/sync/messages.ts'
import { sealedHeader, type SealedHeader } from '../../../src/core/epoch/sealed.ts'

export interface Heard {
  readonly seen: WireTap
  /** Undefined for gossip, and for frames that mean nothing. */
  readonly message: LinkMessage | undefined
  /** Of a sealed event, on whichever way. */
  readonly sealed: { readonly header: SealedHeader; readonly bytes: Uint8Array } | undefined
}

export const hear = (seen: WireTap): Heard => {
  if (seen.kind === 'gossip') return { seen, message: undefined, sealed: sealedOf(seen.bytes) }
  const message = decodeLinkMessage(seen.bytes)
  if (!message.ok) return { seen, message: undefined, sealed: undefined }
  return { seen, message: message.value, sealed: message.value.kind === 'sealed' ? sealedOf(message.value.sealed) : undefined }
}

const sealedOf = (bytes: Uint8Array): Heard['sealed'] => {
  const header = sealedHeader(bytes)
  return header.ok ? { header: header.value, bytes } : undefined
}

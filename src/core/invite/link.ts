// The invite as a link (PROTOCOL section 2): https://host/#/j/<payload>. The payload is base64url of
//   version and kind (1 byte) | conversation (16) | secret (16) | expiry (4: minutes since 1970) | [node] | names, as far as they fit.
// A reusable contact link, which only lets strangers ask, is of the same family:
//   version and kind (1) | the person, as `contact/contact-name` names them (16) | secret (16) | [node] | name, as far as it fits.
// The conversation's id pins its creator, so the link is at most 140 characters for a host of up to 40. It is longer only when it names a
// node that the page of the invited may not know (a length of one byte, and the packed address). The names are only what the link says:
// they are shown at once, and confirmed by whoever lets the person in.
import { base64urlnopad, utf8 } from '@scure/base'
import { concatBytes, slice, uint32, utf8ToBytes } from '../codec/bytes.ts'
import { contactId, conversationId, fromHex, type ContactId, type ConversationId } from '../ids.ts'
import { cleanName } from '../names.ts'
import { packNodeAddress, unpackNodeAddress } from '../nodes/multiaddr.ts'
import { err, failure, ok, type Failure, type Result } from '../result.ts'

export type InviteKind = 'direct' | 'group'

export interface InviteLink {
  readonly kind: InviteKind
  readonly conversation: ConversationId
  /** 16 bytes. */
  readonly secret: Uint8Array
  /** Milliseconds since 1970, whole minutes. */
  readonly expiresAt: number
  readonly inviter: string
  /** The room's name; empty for a direct invite. */
  readonly title: string
  /** A node at which the inviter can be found, when those of the page may not do. */
  readonly node?: string
}

export interface ContactLink {
  readonly kind: 'contact'
  readonly contact: ContactId
  /** 16 bytes. */
  readonly secret: Uint8Array
  /** What the link says of the person's name. */
  readonly name: string
  /** A node at which the person can be found, when those of the page may not do. */
  readonly node?: string
}

export type LinkProblem = Failure<'not-an-invite' | 'device-link' | 'newer-version' | 'damaged'>

export const secretBytes = 16
const msPerMinute = 60_000
const fixedBytes = 1 + 16 + secretBytes + 4
const contactFixedBytes = 1 + 16 + secretBytes
/** What is left of 140 characters for the payload, in bytes, with a scheme, a host of 40 and the path before it. */
const maxPayloadBytes = 65
/** The first byte: version in the high half, kind in the low one. A device link has a version of its own and can never be read as an invite. */
const kinds: ReadonlyMap<number, InviteKind> = new Map([
  [0x10, 'direct'],
  [0x11, 'group'],
])
const contactByte = 0x12
const deviceLinkByte = 0x1d
/** In the first byte: a node follows. */
const withNode = 0x08
export const invitePath = '#/j/'

/** The fragment of the link, with the path. */
export const encodeInvite = (link: InviteLink): string => {
  const [first] = [...kinds].find(([, kind]) => kind === link.kind) ?? [0]
  const node = link.node === undefined ? undefined : packNodeAddress(link.node)
  const bytes = concatBytes(
    Uint8Array.of(node === undefined ? first : first | withNode),
    fromHex(link.conversation),
    link.secret,
    uint32(Math.floor(link.expiresAt / msPerMinute)),
    ...(node === undefined ? [] : [Uint8Array.of(node.length), node]),
    namesToBytes(link.inviter, link.title),
  )
  return invitePath + base64urlnopad.encode(bytes)
}

/** The fragment of a contact link, with the path. */
export const encodeContactLink = (link: ContactLink): string => {
  const node = link.node === undefined ? undefined : packNodeAddress(link.node)
  const bytes = concatBytes(
    Uint8Array.of(node === undefined ? contactByte : contactByte | withNode),
    fromHex(link.contact),
    link.secret,
    ...(node === undefined ? [] : [Uint8Array.of(node.length), node]),
    cut(link.name, maxPayloadBytes - contactFixedBytes),
  )
  return invitePath + base64urlnopad.encode(bytes)
}

/** Reads a link, a fragment, or a payload that somebody pasted, with whatever stands around it. */
export const decodeInvite = (text: string): Result<InviteLink | ContactLink, LinkProblem> => {
  const payload = /#\/j\/([\w-]{1,310})/.exec(text)?.[1] ?? /^\s*([\w-]{40,310})\s*$/.exec(text)?.[1]
  const bytes = payload === undefined ? undefined : fromBase64Url(payload)
  if (bytes === undefined) return err(notAnInvite)
  const first = bytes[0] ?? 0
  if (first === deviceLinkByte) return err(deviceLink)
  if (first >> 4 > 1) return err(newerVersion)
  if ((first & ~withNode) === contactByte) return readContact(bytes, (first & withNode) !== 0)
  const kind = kinds.get(first & ~withNode)
  const namesAt = fixedBytes + ((first & withNode) === 0 ? 0 : 1 + (bytes[fixedBytes] ?? 0))
  if (kind === undefined || bytes.length < namesAt || bytes.length - namesAt > maxPayloadBytes - fixedBytes) return err(damaged)
  const node = namesAt === fixedBytes ? undefined : unpackNodeAddress(bytes.subarray(fixedBytes + 1, namesAt))
  if (namesAt > fixedBytes && node === undefined) return err(damaged)
  const [inviter = '', title = ''] = bytesToNames(bytes.subarray(namesAt))
  return ok({
    kind,
    conversation: conversationId(slice(bytes, 1, 17)),
    secret: slice(bytes, 17, 33),
    expiresAt: new DataView(bytes.buffer, bytes.byteOffset).getUint32(33) * msPerMinute,
    inviter: cleanName(inviter),
    title: cleanName(title),
    ...(node === undefined ? {} : { node }),
  })
}

/** Reads what `encodeContactLink` wrote; undefined for any other text. */
export const decodeContactLink = (fragment: string): ContactLink | undefined => {
  const read = decodeInvite(fragment)
  return read.ok && read.value.kind === 'contact' ? read.value : undefined
}

const readContact = (bytes: Uint8Array, hasNode: boolean): Result<ContactLink, LinkProblem> => {
  const nameAt = contactFixedBytes + (hasNode ? 1 + (bytes[contactFixedBytes] ?? 0) : 0)
  if (bytes.length < nameAt || bytes.length - nameAt > maxPayloadBytes - contactFixedBytes) return err(damaged)
  const node = hasNode ? unpackNodeAddress(bytes.subarray(contactFixedBytes + 1, nameAt)) : undefined
  if (hasNode && node === undefined) return err(damaged)
  const [name = ''] = bytesToNames(bytes.subarray(nameAt))
  return ok({
    kind: 'contact',
    contact: contactId(slice(bytes, 1, 17)),
    secret: slice(bytes, 17, 33),
    name: cleanName(name),
    ...(node === undefined ? {} : { node }),
  })
}

const notAnInvite = failure('not-an-invite', 'That is not a Parley invite. Ask for the link again and paste all of it.')
const deviceLink = failure('device-link', 'That link would connect a device of your own, which never happens here.')
const newerVersion = failure('newer-version', 'This invite was made by a newer version. Reload this page and try again.')
const damaged = failure('damaged', 'This invite is incomplete. Ask for the link again and paste all of it.')

/** Both names cut to what fits; the inviter's goes first. */
const namesToBytes = (inviter: string, title: string): Uint8Array => {
  const room = maxPayloadBytes - fixedBytes
  const half = title === '' ? room : Math.floor(room / 2)
  const first = cut(inviter, Math.max(half, room - 1 - utf8ToBytes(title).length))
  return title === '' ? first : concatBytes(first, utf8ToBytes('\n'), cut(title, room - 1 - first.length))
}

const cut = (name: string, maxBytes: number): Uint8Array => {
  let kept = ''
  for (const character of name) {
    if (utf8ToBytes(kept + character).length > maxBytes) break
    kept += character
  }
  return utf8ToBytes(kept)
}

const fromBase64Url = (text: string): Uint8Array | undefined => {
  try {
    return base64urlnopad.decode(text)
  } catch {
    return undefined
  }
}

/** UTF-8 that may have been cut or forged: what does not decode is no name. */
const bytesToNames = (bytes: Uint8Array): readonly string[] => {
  try {
    return utf8.encode(bytes).split('\n')
  } catch {
    return []
  }
}

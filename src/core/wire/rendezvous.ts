// The messages of libp2p's rendezvous specification (`/rendezvous/1.0.0`), byte for byte as rust and go write them (proto2: fields that
// are set are written, zero or not). The page's client and the node's server both speak through this file; each message travels behind
// its length as a varint. Decoding is total.
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { bytesToUtf8 } from '@noble/ciphers/utils.js'
import { equalBytes } from '../codec/bytes.ts'
import { bytesField, concat, readProtobuf, varintField } from './protobuf.ts'
import type { ProtobufField } from './protobuf.ts'

/** How a rendezvous point answered; the numbers are the specification's. */
export const rendezvousStatus = {
  ok: 0,
  invalidNamespace: 100,
  invalidSignedPeerRecord: 101,
  invalidTtl: 102,
  invalidCookie: 103,
  notAuthorized: 200,
  internalError: 300,
  unavailable: 400,
} as const
export type RendezvousStatus = (typeof rendezvousStatus)[keyof typeof rendezvousStatus]

/** Somebody can be found under `ns` for `ttl` seconds; `record` is a signed envelope of a libp2p peer record. */
export interface Registration {
  readonly ns: string
  readonly record: Uint8Array
  readonly ttl?: number
}

export type RendezvousMessage =
  | ({ readonly kind: 'register' } & Registration)
  | { readonly kind: 'register-response'; readonly status: RendezvousStatus; readonly statusText?: string; readonly ttl?: number }
  | { readonly kind: 'unregister'; readonly ns: string }
  /** No `ns` asks for everything; `cookie` asks for what came after a former answer. */
  | { readonly kind: 'discover'; readonly ns?: string; readonly limit?: number; readonly cookie?: Uint8Array }
  | {
      readonly kind: 'discover-response'
      readonly registrations: readonly Registration[]
      readonly cookie?: Uint8Array
      readonly status: RendezvousStatus
      readonly statusText?: string
    }

/** Bytes of one message; a full answer of `maxDiscoverLimit` registrations fits. */
export const maxRendezvousMessageBytes = 256 * 1024
/** Bytes of a namespace (the specification's 255). */
export const maxNamespaceBytes = 255
/** Bytes of a signed peer record that is taken. */
export const maxPeerRecordBytes = 2 * 1024
/** Registrations in one answer. */
export const maxDiscoverLimit = 100

const types = ['register', 'register-response', 'unregister', 'discover', 'discover-response'] as const

export const encodeRendezvous = (message: RendezvousMessage): Uint8Array => {
  const type = types.indexOf(message.kind)
  return concat([varintField(1, type), bytesField(type + 2, concat(bodyOf(message)))])
}

/** The message, or `undefined` for anything that is not one. */
export const decodeRendezvous = (bytes: Uint8Array): RendezvousMessage | undefined => {
  const outer = fieldsIn(bytes)
  const type = outer?.number(1)
  const kind = type === undefined ? undefined : types[type]
  if (outer === undefined || type === undefined || kind === undefined) return undefined
  const body = fieldsIn(outer.bytes(type + 2) ?? new Uint8Array(0))
  if (body === undefined) return undefined
  switch (kind) {
    case 'register': {
      const registration = registrationIn(body)
      return registration && { kind, ...registration }
    }
    case 'register-response': {
      const status = statusIn(body.number(1))
      return { kind, status, ...optional('statusText', body.text(2)), ...optional('ttl', body.number(3)) }
    }
    case 'unregister': {
      const ns = body.text(1)
      return ns === undefined ? undefined : { kind, ns }
    }
    case 'discover':
      return { kind, ...optional('ns', body.text(1)), ...optional('limit', body.number(2)), ...optional('cookie', body.bytes(3)) }
    case 'discover-response': {
      const registrations = body.all(1).flatMap((bytes) => {
        const fields = fieldsIn(bytes)
        return (fields && registrationIn(fields)) ?? []
      })
      const status = statusIn(body.number(3))
      return { kind, registrations, status, ...optional('cookie', body.bytes(2)), ...optional('statusText', body.text(4)) }
    }
  }
}

const bodyOf = (message: RendezvousMessage): Uint8Array[] => {
  switch (message.kind) {
    case 'register':
      return registrationFields(message)
    case 'register-response':
      return [varintField(1, message.status), ...textField(2, message.statusText), ...numberField(3, message.ttl)]
    case 'unregister':
      return textField(1, message.ns)
    case 'discover':
      return [...textField(1, message.ns), ...numberField(2, message.limit), ...dataField(3, message.cookie)]
    case 'discover-response':
      return [
        ...message.registrations.map((registration) => bytesField(1, concat(registrationFields(registration)))),
        ...dataField(2, message.cookie),
        varintField(3, message.status),
        ...textField(4, message.statusText),
      ]
  }
}

const registrationFields = (registration: Registration): Uint8Array[] => [
  ...textField(1, registration.ns),
  ...dataField(2, registration.record),
  ...numberField(3, registration.ttl),
]

const registrationIn = (fields: Fields): Registration | undefined => {
  const ns = fields.text(1)
  const record = fields.bytes(2)
  return ns === undefined || record === undefined ? undefined : { ns, record, ...optional('ttl', fields.number(3)) }
}

const textField = (field: number, text: string | undefined): Uint8Array[] =>
  text === undefined ? [] : [bytesField(field, utf8ToBytes(text))]
const dataField = (field: number, bytes: Uint8Array | undefined): Uint8Array[] => (bytes === undefined ? [] : [bytesField(field, bytes)])
const numberField = (field: number, value: number | undefined): Uint8Array[] => (value === undefined ? [] : [varintField(field, value)])

const statuses: readonly number[] = Object.values(rendezvousStatus)
const statusIn = (value: number | undefined): RendezvousStatus =>
  value !== undefined && statuses.includes(value) ? (value as RendezvousStatus) : rendezvousStatus.internalError

const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { readonly [name in Key]?: Value } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [name in Key]: Value })

interface Fields {
  bytes(field: number): Uint8Array | undefined
  all(field: number): Uint8Array[]
  text(field: number): string | undefined
  number(field: number): number | undefined
}

// Later fields of one number win, as Protocol Buffers ask.
const fieldsIn = (message: Uint8Array): Fields | undefined => {
  const fields = readProtobuf(message)
  if (fields === undefined) return undefined
  const last = (field: number): ProtobufField | undefined => fields.findLast((entry) => entry.field === field)
  const bytes = (field: number): Uint8Array | undefined => {
    const entry = last(field)
    return entry?.kind === 'bytes' ? entry.value : undefined
  }
  return {
    bytes,
    all: (field) => fields.flatMap((entry) => (entry.field === field && entry.kind === 'bytes' ? [entry.value] : [])),
    text(field) {
      const value = bytes(field)
      const text = value && bytesToUtf8(value)
      // What is no UTF-8 comes out with marks in its place: then two names would be one.
      return text !== undefined && equalBytes(utf8ToBytes(text), value ?? new Uint8Array(0)) ? text : undefined
    },
    number(field) {
      const entry = last(field)
      return entry?.kind === 'varint' && entry.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(entry.value) : undefined
    },
  }
}

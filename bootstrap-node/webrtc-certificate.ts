// The certificate of WebRTC-direct. Nobody signs it: pages know it by its hash, which stands in the node's address. So it is made once, for
// ten years, and kept in the data folder; the library's own lasts 14 days and would change every address that was ever printed.
import 'reflect-metadata'
import { createHash, X509Certificate, webcrypto } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { keptFile } from './kept-file.ts'

export interface WebRtcCertificate {
  /** Certificate, PEM. */
  readonly pem: string
  /** Its key, PKCS #8 in PEM. */
  readonly privateKey: string
  /** SHA-256 of the certificate as multihash, base64url in multibase: what `/certhash/` is followed by. */
  readonly certhash: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

const years = 10
/** ECDSA with P-256: the one kind that all implementations take. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Multihash of SHA-256: its code and its 32 bytes. */
const sha256Multihash = [0x12, 0x20] as const

/** The kept certificate, or a new one that is kept from now on. Throws when the folder cannot be used or the file is damaged. */
export const loadWebRtcCertificate = async (folder: string): Promise<WebRtcCertificate> => {
  const text = Buffer.from(await keptFile(folder, 'webrtc-direct.pem', makeCertificate)).toString('utf8')
  const [privateKey, pem] = ['PRIVATE KEY', 'CERTIFICATE'].map(
    (name) => new RegExp(`-----BEGIN ${name}-----[^-]+-----END ${name}-----`).exec(text)?.[0],
  )
  if (privateKey === undefined || pem === undefined) throw new Error(`webrtc-direct.pem in ${folder} is damaged. Restore it from a backup.`)
  const certificate = new X509Certificate(pem)
  const hash = Buffer.from([...sha256Multihash, ...createHash('sha256').update(certificate.raw).digest()])
  return { pem, privateKey, certhash: `u${hash.toString('base64url')}`, endsAt: Date.parse(certificate.validTo) }
}

/** Key and certificate, one after the other. */
const makeCertificate = async (): Promise<Uint8Array> => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const notBefore = new Date()
  const notAfter = new Date(notBefore)
  notAfter.setFullYear(notBefore.getFullYear() + years)
  // Milliseconds would be written in a form that not every reader takes.
  for (const date of [notBefore, notAfter]) date.setMilliseconds(0)
  // It names nobody: the handshake that follows says who the node is.
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=parley-node', notBefore, notAfter, signingAlgorithm: algorithm, keys },
    webcrypto,
  )
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----`
  return Buffer.from(`${key}\n${certificate.toString('pem')}\n`)
}

// How libp2p's public service is asked to answer an ACME challenge for the name of this node: the node proves its peer id, and the service
// dials the addresses to see that it is really there.
// libp2p's "AutoTLS Client" and "Peer ID Authentication over HTTP".
import { ClientInitiatedHandshake } from '@libp2p/http-peer-id-auth'
import type { PrivateKey } from '@libp2p/interface'
import { fetchOrSay } from './fetch-or-say.ts'

export interface ChallengeByName {
  /** Of the service: `https://registration.libp2p.direct`. */
  readonly registration: string
  /** The node's. */
  readonly privateKey: PrivateKey
  /** Public multiaddrs at which the service may try it. */
  readonly addresses: readonly string[]
  /** What the TXT record shall say: the digest of the key authorization, in base64url. */
  readonly value: string
}

/** Milliseconds for the service, which has to look for the node in between. */
const patienceMs = 60_000

/** Settles when the service has put the record; rejects with a sentence that has its reason. */
export const proveByName = async ({ registration, privateKey, addresses, value }: ChallengeByName): Promise<void> => {
  const url = new URL('/v1/_acme-challenge', registration)
  const handshake = new ClientInitiatedHandshake(privateKey, url.host)
  const first = await fetchOrSay(url, { method: 'OPTIONS', headers: { authorization: handshake.getChallenge() } }, patienceMs)
  const challenge = first.headers.get('www-authenticate')
  if (challenge === null) throw new Error(`${url.host} does not ask who this is (${first.status})`)
  const headers = { authorization: await handshake.verifyServer(challenge), 'content-type': 'application/json' }
  const body = JSON.stringify({ Value: value, Addresses: addresses })
  const response = await fetchOrSay(url, { method: 'POST', headers, body }, patienceMs)
  if (response.ok) return
  const reason = (await response.text()).trim().slice(0, 300)
  throw new Error(`${url.host} refuses (${response.status})${reason === '' ? '' : `: ${reason}`}`)
}

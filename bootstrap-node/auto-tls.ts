// AutoTLS: a certificate that browsers trust, without a domain. libp2p's public service at libp2p.direct has a name for every peer id and every
// IPv4 address, and helps a node that shows its key to a certificate of Let's Encrypt. Only when the operator agreed, for it makes the
// node's peer id and address public. The certificate is kept in the data folder and renewed in the last third of its life.
// Imported only when it is switched on. libp2p's "AutoTLS Client"; why not the package of that name: src/decisions/0022.
import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { axios, Client, crypto } from 'acme-client'
import type { PublicAddress } from './addresses.ts'
import type { AutoTlsServices } from './auto-tls-services.ts'
import type { Certificate, Pem } from './certificate.ts'
import { proveByName } from './challenge-by-name.ts'
import { fetchOrSay } from './fetch-or-say.ts'
import { keep, keptFile, keptBytes } from './kept-file.ts'

export interface AutoTlsOptions {
  /** The data folder. */
  readonly folder: string
  /** The node's. */
  readonly privateKey: PrivateKey
  /** Hears sentences for the log. */
  readonly told: (text: string) => void
  readonly services: AutoTlsServices
}

export interface AutoTls extends Certificate {
  /**
   * From now on there shall be a certificate for this address. Settles after the first try, and never rejects: what goes wrong is told, and
   * tried again every hour.
   */
  begin(address: PublicAddress): Promise<void>
  /** `https://192-0-2-7.k51….libp2p.direct:8080` while there is a certificate that is good. */
  url(): string | undefined
  /**
   * Host and port under which the certificate is good, for those who ask at the public address. Whoever asks at another is on this machine
   * or its network, where all stays as it is: `undefined`.
   */
  secureHostFor(asked: string): string | undefined
}

/** Milliseconds between two looks. Let's Encrypt takes five failed tries an hour. */
const lookEveryMs = 3_600_000
/** Milliseconds for one answer of the ACME server; `acme-client` has no limit of its own. */
const acmePatienceMs = 30_000
const keptName = 'auto-tls.pem'

/** With the certificate that is kept, if there is one that is still good; damaged ones are told and made anew. */
export const openAutoTls = async ({ folder, privateKey, told, services }: AutoTlsOptions): Promise<AutoTls> => {
  const name = `${base36Of(peerIdFromPrivateKey(privateKey).toCID().bytes)}.${services.domain}`
  const followers: ((pem: Pem) => void)[] = []
  let pem = await readPem(folder).catch(() => {
    told(`AutoTLS: ${keptName} is damaged, so a new certificate is asked for`)
    return undefined
  })
  let address: PublicAddress | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const url = (): string | undefined =>
    pem === undefined || address === undefined || lifeOf(pem).to < Date.now()
      ? undefined
      : `https://${address.ip.replaceAll('.', '-')}.${name}:${address.port}`

  const renew = async ({ ip, port }: PublicAddress): Promise<void> => {
    // Asked here first, since `acme-client` breaks on a server that does not answer; and it would wait for as long as a busy one says, silently.
    await fetchOrSay(new URL(services.acme), {}, acmePatienceMs)
    Object.assign(axios.defaults, { timeout: acmePatienceMs, acmeSettings: { retryMaxAttempts: 0 } })
    const accountKey = Buffer.from(await keptFile(folder, 'auto-tls-account.key', async () => crypto.createPrivateEcdsaKey()))
    const [key, csr] = await crypto.createCsr({ altNames: [`*.${name}`] }, await crypto.createPrivateEcdsaKey())
    const cert = await new Client({ directoryUrl: services.acme, accountKey }).auto({
      csr,
      termsOfServiceAgreed: true,
      challengePriority: ['dns-01'],
      skipChallengeVerification: true,
      challengeCreateFn: async (_, __, value) =>
        proveByName({
          registration: services.registration,
          privateKey,
          addresses: [`/ip4/${ip}/tcp/${port}/ws`],
          value,
        }),
      // The service forgets the record by itself.
      challengeRemoveFn: async () => {},
    })
    if (stopped) return
    const renewed = { cert: Buffer.from(cert), key }
    createSecureContext(renewed)
    await keep(folder, keptName, Buffer.concat([key, renewed.cert]))
    pem = renewed
    for (const use of followers) use(renewed)
    told(`AutoTLS: there is a new certificate; the page is at ${url()}/`)
  }

  const look = async (at: PublicAddress): Promise<void> => {
    try {
      if (pem === undefined || lifeOf(pem).lastThird < Date.now()) await renew(at)
    } catch (error) {
      // What `acme-client` throws when a connection breaks on the way.
      const broken = error instanceof TypeError
      const reason = broken ? 'the connection broke' : error instanceof Error ? error.message : String(error)
      const meanwhile = pem === undefined ? 'The node goes on without' : 'The node goes on with the one that it has'
      if (!stopped) told(`AutoTLS: no new certificate (${reason}). ${meanwhile} and tries again in an hour`)
    }
    if (!stopped) timer = setTimeout(() => void look(at), lookEveryMs).unref()
  }

  return {
    follow(use) {
      followers.push(use)
      if (pem !== undefined) use(pem)
    },
    async begin(at) {
      address = at
      await look(at)
    },
    url,
    secureHostFor(asked) {
      const here = url()
      return here !== undefined && address !== undefined && asked === new URL(`http://${address.ip}:${address.port}`).host
        ? new URL(here).host
        : undefined
    },
    // It is renewed by the clock.
    reload: async () => {},
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Multibase of bytes that do not begin with zero, as those of a CID never do. */
export const base36Of = (bytes: Uint8Array): string => `k${BigInt(`0x${Buffer.from(bytes).toString('hex')}`).toString(36)}`

const readPem = async (folder: string): Promise<Pem | undefined> => {
  const kept = await keptBytes(folder, keptName)
  if (kept === undefined) return undefined
  const text = Buffer.from(kept).toString('utf8')
  const begin = text.indexOf('-----BEGIN CERTIFICATE-----')
  const pem = { key: Buffer.from(text.slice(0, begin)), cert: Buffer.from(text.slice(begin)) }
  createSecureContext(pem)
  return lifeOf(pem).to > Date.now() ? pem : undefined
}

/** Milliseconds since 1970: when it ends, and when the last third of its life begins. */
const lifeOf = ({ cert }: Pem): { readonly to: number; readonly lastThird: number } => {
  const { validFrom, validTo } = new X509Certificate(cert)
  const to = Date.parse(validTo)
  return { to, lastThird: to - (to - Date.parse(validFrom)) / 3 }
}

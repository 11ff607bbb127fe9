// Whom AutoTLS asks. Apart from it, so that naming them loads nothing.

export interface AutoTlsServices {
  /** URL of the ACME directory. */
  readonly acme: string
  /** URL of the service that answers the challenge. */
  readonly registration: string
  /** Under which each peer id has its name. */
  readonly domain: string
}

/** The public ones: Let's Encrypt, and the service that libp2p's makers run for everybody. */
export const publicServices: AutoTlsServices = {
  acme: 'https://acme-v02.api.letsencrypt.org/directory',
  registration: 'https://registration.libp2p.direct',
  domain: 'libp2p.direct',
}

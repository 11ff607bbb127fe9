// The operator's own certificate, read again when it is renewed: new connections get the new one, open ones go on.
import { watchFile, unwatchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'

/** Chain and key. */
export interface Pem {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface Certificate {
  /** Calls `use` with the certificate, at once if there is one, and with each that comes in its place. */
  follow(use: (pem: Pem) => void): void
  /** Reads it again; rejects and keeps the former when certificate and key do not fit. */
  reload(): Promise<void>
  stop(): void
}

/** Milliseconds between two looks at the files. Looked at, not watched: renewal tools move links about, which watching misses. */
const lookEveryMs = 2_000

/** Rejects with a sentence when the files cannot be used together. `told` hears of each change and of what is wrong with one. */
export const loadCertificate = async (
  files: { readonly cert: string; readonly key: string },
  told: (problem: string | undefined) => void,
): Promise<Certificate> => {
  const followers: ((pem: Pem) => void)[] = []
  const read = async (): Promise<Pem> => {
    const pem = { cert: await readFile(files.cert), key: await readFile(files.key) }
    createSecureContext(pem)
    return pem
  }
  let pem = await read().catch((error: unknown) => {
    throw new Error(`certificate and key cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  })
  const reload = async (): Promise<void> => {
    pem = await read()
    for (const use of followers) use(pem)
  }
  const changed = (now: { readonly mtimeMs: number }, before: { readonly mtimeMs: number }): void => {
    if (now.mtimeMs === before.mtimeMs) return
    // In the midst of a renewal they may not fit yet; the other file's change comes here again.
    reload().then(
      () => told(undefined),
      (error: unknown) => told(error instanceof Error ? error.message : String(error)),
    )
  }
  for (const path of [files.cert, files.key]) watchFile(path, { interval: lookEveryMs, persistent: false }, changed)

  return {
    follow(use) {
      followers.push(use)
      use(pem)
    },
    reload,
    stop() {
      for (const path of [files.cert, files.key]) unwatchFile(path, changed)
    },
  }
}

// The operator's own certificate, read again when it is renewed: new connections get the new one, open ones go on.
import { watchFile, unwatchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'

export interface Certificate {
  readonly pem: { readonly cert: Buffer; readonly key: Buffer }
  /** Keeps a server's certificate fresh from now on. */
  serve(server: Server): void
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
  const servers: Server[] = []
  const read = async (): Promise<Certificate['pem']> => {
    const pem = { cert: await readFile(files.cert), key: await readFile(files.key) }
    createSecureContext(pem)
    return pem
  }
  let pem = await read().catch((error: unknown) => {
    throw new Error(`certificate and key cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  })
  const reload = async (): Promise<void> => {
    pem = await read()
    for (const server of servers) server.setSecureContext(pem)
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
    get pem() {
      return pem
    },
    serve(server) {
      servers.push(server)
    },
    reload,
    stop() {
      for (const path of [files.cert, files.key]) unwatchFile(path, changed)
    },
  }
}

// Serves the built page out of one folder. Hashed files are kept by browsers for ever, the shell is asked for each time (and is mostly
// answered by 304). What the build compressed beforehand is given away as it is; other files are compressed once and kept in memory as long
// as they do not change. Nothing outside the folder is read.
import { readFile, realpath, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { securityHeaders } from './security-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.wasm', '.webmanifest'])
/** What a bundler names by its content: eight characters or more of hash before the ending, in the folder of assets. */
const hashedFile = /^\/assets\/.+[-.][\w-]{8,}\.\w+$/

interface Served {
  readonly version: string
  readonly plain: Buffer
  readonly encoded: Map<string, Promise<Buffer>>
}

/** Answers a GET or HEAD from `folder`; 404 for what is not there. */
export const createPage = (folder: string): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const files = new Map<string, Served>()

  const load = async (path: string): Promise<Served | undefined> => {
    try {
      const root = await realpath(folder)
      const real = await realpath(join(root, path))
      if (!real.startsWith(root + sep)) return undefined
      const info = await stat(real)
      if (!info.isFile()) return undefined
      const version = `"${info.size.toString(36)}-${Math.trunc(info.mtimeMs).toString(36)}"`
      const kept = files.get(path)
      if (kept?.version === version) return kept
      const fresh: Served = { version, plain: await readFile(real), encoded: new Map() }
      files.set(path, fresh)
      return fresh
    } catch {
      return undefined
    }
  }

  const encoded = (path: string, file: Served, encoding: 'br' | 'gzip'): Promise<Buffer> => {
    const kept = file.encoded.get(encoding)
    if (kept !== undefined) return kept
    const made = encoding === 'gzip' ? promisify(gzip)(file.plain, { level: 9 }) : brotli(path, file)
    file.encoded.set(encoding, made)
    return made
  }

  /** A name with a hash in it means the same bytes for ever, so what lies compressed beside it can be no older than it. */
  const brotli = async (path: string, { plain }: Served): Promise<Buffer> =>
    (hashedFile.test(path) ? await load(`${path}.br`) : undefined)?.plain ??
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })

  return async (request, response) => {
    const path = pathOf(request.url ?? '/')
    const file = path === undefined ? undefined : await load(path)
    if (path === undefined || file === undefined) {
      const unbuilt = path === '/index.html'
      const text = unbuilt ? 'The page has not been built yet: run "npm run build".\n' : 'There is nothing here.\n'
      response.writeHead(unbuilt ? 503 : 404, {
        ...securityHeaders,
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
      })
      response.end(request.method === 'HEAD' ? undefined : text)
      return
    }
    const headers: Record<string, string> = {
      ...securityHeaders,
      'content-type': types[extname(path).toLowerCase()] ?? 'application/octet-stream',
      'cache-control': hashedFile.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.version,
      vary: 'accept-encoding',
    }
    if (request.headers['if-none-match'] === file.version) {
      response.writeHead(304, headers).end()
      return
    }
    const encoding = compressible.has(extname(path).toLowerCase()) ? encodingFor(request.headers['accept-encoding']) : undefined
    const body = encoding === undefined ? file.plain : await encoded(path, file, encoding)
    if (encoding !== undefined) headers['content-encoding'] = encoding
    response.writeHead(200, { ...headers, 'content-length': String(body.length) })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

/** The file that a request names, always below `/`; `undefined` for anything odd. */
export const pathOf = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '')
    const odd =
      !path.startsWith('/') || path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part === '..' || part === '.')
    if (odd || path.split('/').some((part) => part.startsWith('.') && part !== '.well-known')) return undefined
    return path === '/' ? '/index.html' : path
  } catch {
    return undefined
  }
}

const encodingFor = (accepted: string | undefined): 'br' | 'gzip' | undefined => {
  const names = (accepted ?? '').split(',').map((entry) => entry.split(';', 1)[0]?.trim())
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : undefined
}

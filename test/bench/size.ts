// The JavaScript that two pages really ask for from the opening to the first message on both screens, one who invites and one who joins.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { table } from './figures.ts'
import { openSite, talk } from './people.ts'

export interface Chunk {
  readonly file: string
  readonly raw: number
  /** At level 9. */
  readonly gzipped: number
  readonly by: readonly string[]
}

export interface SizeFigures {
  /** Bytes, the largest first. */
  readonly chunks: readonly Chunk[]
  /** Bytes that the page of each person asked for. */
  readonly pages: readonly { readonly name: string; readonly raw: number; readonly gzipped: number }[]
  /** Bytes of the page that asked for more, gzipped; one kB is 1,000. */
  readonly total: number
  /**
   * What the service worker fetches besides, so that the page opens without a network: all files of the page, also those that may never be
   * run. Nothing waits for them.
   */
  readonly precached: { readonly files: number; readonly gzipped: number }
  /** Other than the page's own host; there must be none. */
  readonly otherHosts: readonly string[]
}

export const benchSize = async (built: string): Promise<SizeFigures> => {
  const site = await openSite(built)
  try {
    const asked = new Map<string, Set<string>>()
    const kept = new Set<string>()
    await talk(site, (person) => {
      const urls = new Set<string>()
      asked.set(person.name, urls)
      person.context.on('request', (request) => (request.serviceWorker() === null ? urls : kept).add(request.url()))
    })
    const origin = new URL(site.url).origin
    const files = new Map<string, string[]>()
    const otherHosts = new Set<string>([...kept].map((url) => new URL(url).origin).filter((host) => host !== origin))
    for (const [name, urls] of asked) {
      for (const url of urls) {
        const { origin: host, pathname } = new URL(url)
        if (host !== origin) otherHosts.add(host)
        else if (pathname.endsWith('.js')) files.set(pathname, [...(files.get(pathname) ?? []), name])
      }
    }
    const chunks = await Promise.all([...files].map(([path, by]) => measure(built, path, by)))
    const only = [...kept].map((url) => new URL(url).pathname).filter((path) => path.endsWith('.js') && !files.has(path))
    const precached = await Promise.all(only.map((path) => measure(built, path, [])))
    const pages = [...asked.keys()].map((name) => {
      const own = chunks.filter((chunk) => chunk.by.includes(name))
      return { name, raw: sum(own.map((chunk) => chunk.raw)), gzipped: sum(own.map((chunk) => chunk.gzipped)) }
    })
    return {
      chunks: chunks.toSorted((a, b) => b.gzipped - a.gzipped),
      pages,
      total: Math.max(...pages.map((page) => page.gzipped)),
      precached: { files: precached.length, gzipped: sum(precached.map((chunk) => chunk.gzipped)) },
      otherHosts: [...otherHosts],
    }
  } finally {
    await site.end()
  }
}

const measure = async (built: string, path: string, by: readonly string[]): Promise<Chunk> => {
  const bytes = await readFile(join(built, path))
  return { file: path.slice(1), raw: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length, by }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

export const showSize = ({ chunks, pages, total, precached, otherHosts }: SizeFigures): string =>
  [
    table([
      ['JavaScript, bytes', 'raw', 'gzipped', 'asked for by'],
      ...chunks.map(({ file, raw, gzipped, by }) => [file, raw, gzipped, by.join(', ')]),
      ...pages.map(({ name, raw, gzipped }) => [`all of ${name}`, raw, gzipped, '']),
    ]),
    `To the first message: ${(total / 1000).toFixed(1)} kB gzipped, and kept for days without a network: ${(precached.gzipped / 1000).toFixed(1)} kB in ${precached.files} files. Other hosts asked: ${otherHosts.length === 0 ? 'none' : otherHosts.join(', ')}.`,
  ].join('\n')

// What the manifest promises to a system on which the page is installed.
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const at = (name: string): string => fileURLToPath(new URL(`../../public/${name}`, import.meta.url))

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose?: string }[]
  readonly shortcuts: readonly { readonly url: string }[]
  readonly start_url: string
  readonly scope: string
  readonly share_target: { readonly action: string; readonly method: string; readonly params: Readonly<Record<string, string>> }
  readonly protocol_handlers: readonly { readonly protocol: string; readonly url: string }[]
}
const manifest = JSON.parse(readFileSync(at('manifest.webmanifest'), 'utf8')) as Manifest

/** Width and height of a PNG, from its header (PNG 11.2.2). */
const sizeOf = (file: string): string => {
  const bytes = readFileSync(at(file))
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

test('every icon is there in the size that it is said to have, among them one that may be cut to any shape', () => {
  for (const { src, sizes } of manifest.icons)
    expect([src, src.endsWith('.png') ? sizeOf(src) : statSync(at(src)).size > 0 && sizes]).toEqual([src, sizes])
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true)
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
})

test('every address is within the folder that the page lies in, and says nothing to its host', () => {
  const { share_target: share, protocol_handlers: handlers, shortcuts } = manifest
  const addresses = [
    manifest.start_url,
    manifest.scope,
    share.action,
    ...handlers.map(({ url }) => url),
    ...shortcuts.map(({ url }) => url),
  ]
  for (const address of addresses) expect(address).toMatch(/^\.\/(?:#\/|$)/)
  expect(handlers.every(({ protocol, url }) => protocol.startsWith('web+') && url.includes('#') && url.endsWith('%s'))).toBe(true)
})

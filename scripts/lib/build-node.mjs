/**
 * The node as a package of its own, for `npx`: plain JavaScript, with the page, and with no dependency but the native WebRTC.
 * (Node strips types from no file under node_modules; and installed from outside, without this clone's .npmrc, one of the libraries would
 * bring all of react-native.)
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { top } from './ready.mjs'

/** What stays outside: it finds the file of its platform by itself. */
const native = 'node-datachannel'

/** @param {string} [folder] where the package goes; whatever was there is gone */
export const buildNode = async (folder = join(top, 'dist-node')) => {
  rmSync(folder, { recursive: true, force: true })
  await build({
    configFile: false,
    root: top,
    logLevel: 'warn',
    ssr: { noExternal: true, external: [native] },
    publicDir: false,
    build: {
      ssr: join(top, 'bootstrap-node', 'main.ts'),
      outDir: join(folder, 'bootstrap-node'),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : '') } },
    },
  })
  /** @type {{ version: string, description: string, license: string, dependencies: Record<string, string> }} */
  const { version, description, license, dependencies } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'))
  const manifest = {
    name: 'parley-node',
    version,
    description,
    license,
    type: 'module',
    bin: { 'parley-node': 'bootstrap-node/main.js' },
    engines: { node: '>=22.18' },
    dependencies: { [native]: dependencies[native] },
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync(join(top, 'bootstrap-node', 'README.md'), join(folder, 'README.md'))
  if (existsSync(join(top, 'dist'))) cpSync(join(top, 'dist'), join(folder, 'dist'), { recursive: true })
}

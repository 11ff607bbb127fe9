// What operators copy says the same as the program.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../bootstrap-node/config.ts'
import { usage } from '../../bootstrap-node/usage.ts'
import { limits } from '../../bootstrap-node/limits.ts'
import { securityHeaders } from '../../bootstrap-node/security-headers.ts'

const folder = fileURLToPath(new URL('../../bootstrap-node/', import.meta.url))
const read = (path: string): Promise<string> => readFile(folder + path, 'utf8')

describe('what operators copy', () => {
  test('of headers is the policy of the node, word for word', async () => {
    const lines = (await read('samples/_headers')).split('\n')
    for (const [name, value] of Object.entries(securityHeaders)) expect(lines).toContain(`  ${name}: ${value}`)
  })

  test('is all on their page, with every option', async () => {
    const page = await read('README.md')
    for (const sample of await readdir(`${folder}samples`)) expect(page).toContain(`samples/${sample}`)
    for (const [option] of usage.matchAll(/^ {2}(--[a-z-]+)/gm))
      if (option.trim() !== '--help') expect(page).toContain(`\`${option.trim()}`)
  })

  test('of commands is understood', async () => {
    const commands = [await read('samples/parley-node.service'), await read('samples/nginx.conf'), await read('samples/Caddyfile')]
      .flatMap((text) => text.split('\n'))
      .flatMap((line) => /(?:bootstrap-node\/main\.ts|npm start --) (--.*)$/.exec(line)?.[1]?.split(' ') ?? [])
    expect(commands.length).toBeGreaterThan(6)
    expect(readConfig(commands)).not.toHaveProperty('problem')
  })

  test('of limits exists', async () => {
    const page = await read('README.md')
    const block = /```json\n(\{ "connections".*\})\n```/.exec(page)?.[1] ?? ''
    for (const name of Object.keys(JSON.parse(block) as object)) expect(Object.keys(limits)).toContain(name)
  })
})

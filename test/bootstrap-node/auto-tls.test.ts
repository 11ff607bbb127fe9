// AutoTLS: nothing without the operator's word; with it a certificate from services on this machine, kept, renewed, and shown by a node.
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey, peerIdFromString } from '@libp2p/peer-id'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publicAddressOf } from '../../bootstrap-node/addresses.ts'
import { base36Of, openAutoTls } from '../../bootstrap-node/auto-tls.ts'
import type { AutoTls } from '../../bootstrap-node/auto-tls.ts'
import { publicServices } from '../../bootstrap-node/auto-tls-services.ts'
import type { Pem } from '../../bootstrap-node/certificate.ts'
import { readConfig } from '../../bootstrap-node/config.ts'
import { startNode } from '../../bootstrap-node/node.ts'
import { certificateOne } from '../fixtures/certificates.ts'
import { startFakeAcme } from '../fixtures/fake-acme.ts'
import type { FakeAcme } from '../fixtures/fake-acme.ts'

let folder: string
let privateKey: PrivateKey
const cleanups: (() => unknown)[] = []
const day = 24 * 3_600_000
const address = { ip: '192.0.2.7', port: 8080 }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-auto-tls-'))
  privateKey = await generateKeyPair('Ed25519')
})
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
  await rm(folder, { recursive: true, force: true })
})

const fakeAcme = async (life?: { from: number; to: number }): Promise<FakeAcme> => {
  const fake = await startFakeAcme(life)
  cleanups.push(() => fake.close())
  return fake
}
const open = async (fake: FakeAcme): Promise<{ autoTls: AutoTls; told: string[]; shown: Pem[] }> => {
  const told: string[] = []
  const shown: Pem[] = []
  const autoTls = await openAutoTls({ folder, privateKey, told: (text) => told.push(text), services: fake.services })
  cleanups.push(() => autoTls.stop())
  autoTls.follow((pem) => shown.push(pem))
  return { autoTls, told, shown }
}

describe('the operator', () => {
  test('is asked first: nobody learns of a node that did not agree', () => {
    expect(readConfig([])).toMatchObject({ autoTls: undefined })
    expect(readConfig(['--auto-tls', 'agree'])).toMatchObject({ autoTls: publicServices })
    for (const wrong of [['--auto-tls', 'yes'], ['--auto-tls'], ['--auto-tls', '--no-page']])
      expect(readConfig(wrong)).toEqual({ problem: expect.stringMatching(/peer id stands in public logs/) as string })
  })

  test.each([
    [['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'], /choose one/],
    [['--invite-only'], /has to be let in/],
    [['--allow', 'list'], /has to be let in/],
  ])('is told that it does not go with %j', (others, reason) => {
    expect(readConfig(['--auto-tls', 'agree', ...others])).toEqual({ problem: expect.stringMatching(reason) as string })
  })
})

test('the public address is what the operator said, or else an address of the machine that the world can reach', () => {
  expect(publicAddressOf({ host: '0.0.0.0', publicUrl: 'http://192.0.2.7' }, 8080)).toEqual({ ip: '192.0.2.7', port: 80 })
  expect(publicAddressOf({ host: '0.0.0.0', publicUrl: 'http://192.0.2.7:9000' }, 8080)).toEqual({ ip: '192.0.2.7', port: 9000 })
  expect(publicAddressOf({ host: '9.9.9.9', publicUrl: undefined }, 8080)).toEqual({ ip: '9.9.9.9', port: 8080 })
  for (const host of ['10.0.0.5', '192.168.1.5', '127.0.0.1']) expect(publicAddressOf({ host, publicUrl: undefined }, 8080)).toBeUndefined()
})

test('the name of a peer id is the one in the specification', () => {
  const peer = peerIdFromString('12D3KooWATZi2wFwQxQ14Z3q24TDNWKap6f8W5ryLE6Da4RMfsxy')
  expect(base36Of(peer.toCID().bytes)).toBe('k51qzi5uqu5dgf513xbrfjl4smgo2eh1x8p8y6grzsf1oz0reiy56p65tds3s6')
})

describe('a certificate', () => {
  test('is had by the peer id, is for its name, and is kept for its owner alone', async () => {
    const fake = await fakeAcme()
    const { autoTls, told, shown } = await open(fake)
    expect(autoTls.url()).toBeUndefined()
    await autoTls.begin(address)

    const peer = peerIdFromPrivateKey(privateKey)
    const name = `${base36Of(peer.toCID().bytes)}.libp2p.direct`
    expect(fake.registered).toEqual([{ peer: peer.toString(), addresses: ['/ip4/192.0.2.7/tcp/8080/ws'] }])
    expect(shown).toHaveLength(1)
    expect(new X509Certificate(shown[0]?.cert ?? '').checkHost(`192-0-2-7.${name}`)).toBeDefined()
    expect(autoTls.url()).toBe(`https://192-0-2-7.${name}:8080`)
    expect(told.join()).toMatch(/there is a new certificate/)
    expect((await stat(join(folder, 'auto-tls.pem'))).mode & 0o777).toBe(0o600)

    const again = await open(fake)
    expect(again.shown).toEqual(shown)
    await again.autoTls.begin(address)
    expect(fake.signed).toBe(1)
  })

  test('that the service refuses is told with its reason, and nothing else happens', async () => {
    const fake = await fakeAcme()
    fake.refusal = 'could not reach any of the addresses'
    const { autoTls, told, shown } = await open(fake)
    await autoTls.begin(address)
    expect(told).toEqual([expect.stringMatching(/could not reach any of the addresses.*goes on without and tries again in an hour/)])
    expect(shown).toEqual([])
    expect(autoTls.url()).toBeUndefined()
  })

  test('that nobody can be asked for is told in plain words', async () => {
    const fake = await fakeAcme()
    const { autoTls, told } = await open(fake)
    await fake.close()
    await autoTls.begin(address)
    expect(told).toEqual([expect.stringMatching(/^AutoTLS: no new certificate \(127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED/)])
  })

  test('in the last third of its life is shown on, and gives way to a new one', async () => {
    const old = await fakeAcme({ from: -70 * day, to: 20 * day })
    await (await open(old)).autoTls.begin(address)
    const fake = await fakeAcme()
    const { autoTls, shown } = await open(fake)
    expect(shown).toHaveLength(1)
    await autoTls.begin(address)
    expect(shown).toHaveLength(2)
    expect(shown[1]?.cert).not.toEqual(shown[0]?.cert)
  })

  test('in the last third of its life is shown on when there is no new one', async () => {
    const fake = await fakeAcme({ from: -70 * day, to: 20 * day })
    await (await open(fake)).autoTls.begin(address)
    fake.refusal = 'not today'
    const { autoTls, told } = await open(fake)
    await autoTls.begin(address)
    expect(told).toEqual([expect.stringMatching(/not today.*goes on with the one that it has/)])
    expect(autoTls.url()).toBeDefined()
  })

  test.each([
    ['that is over', async () => (await open(await fakeAcme({ from: -90 * day, to: -day }))).autoTls.begin(address)],
    ['that is damaged', async () => writeFile(join(folder, 'auto-tls.pem'), certificateOne.cert)],
  ])('%s is not shown', async (_, put) => {
    await put()
    const fake = await fakeAcme()
    const { autoTls, shown } = await open(fake)
    expect(shown).toEqual([])
    await autoTls.begin(address)
    expect(shown).toHaveLength(1)
    expect(await readFile(join(folder, 'auto-tls.pem'), 'utf8')).toContain(shown[0]?.cert.toString())
  })
})

test('a node that runs speaks TLS from the moment its certificate comes, and sends people who came by its address there', async () => {
  const fake = await fakeAcme()
  const page = join(import.meta.dirname, '../../public')
  const config = readConfig([
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--data',
    folder,
    '--page',
    page,
    '--public-url',
    'http://192.0.2.7:8080',
    '--auto-tls',
    'agree',
  ])
  if (!('port' in config)) throw new Error('the options are wrong')
  const told: string[] = []
  const come = Promise.withResolvers<void>()
  const node = await startNode({ ...config, autoTls: fake.services }, (text) => {
    told.push(text)
    come.resolve()
  })
  cleanups.push(() => node.stop())
  await come.promise
  expect(told.join()).toMatch(/there is a new certificate/)

  const plain = (host: string): Promise<{ status: number | undefined; location: string | undefined }> =>
    new Promise((resolve, reject) => {
      get(`http://127.0.0.1:${node.port}/manifest.webmanifest`, { headers: { host }, agent: false }, (response) => {
        resolve({ status: response.resume().statusCode, location: response.headers.location })
      }).on('error', reject)
    })
  const name = new URL(node.autoTlsUrl() ?? '').hostname
  expect(await plain('192.0.2.7:8080')).toEqual({ status: 308, location: `https://${name}:8080/manifest.webmanifest` })
  expect((await plain(`localhost:${node.port}`)).location).toBeUndefined()

  const status = await new Promise((resolve, reject) => {
    const options = { servername: name, headers: { host: `${name}:8080` }, ca: fake.root, agent: false }
    getSecurely(`https://127.0.0.1:${node.port}/healthz`, options, (response) => resolve(response.resume().statusCode)).on('error', reject)
  })
  expect(status).toBe(200)
})

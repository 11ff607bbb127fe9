// A small world for one story: a real node that serves the real page, and people, each with a browser profile of their own.
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { spawnFullNode, spawnNode, type SpawnedNode } from '../../fixtures/spawn-node.ts'
import { serveOverHttps } from '../../fixtures/https-host.ts'
import { cameraSwitches } from './camera.ts'
import { createProfile, type Profile } from './profile.ts'
import { createTab, type Tab } from './tab.ts'

/** A person: their browser, and its first tab. */
export interface Person extends Tab {
  readonly name: string
  readonly browser: Profile
  /** Another tab of the same browser, with the page open. */
  secondTab(): Promise<Tab & { close(): Promise<void> }>
  /** Closes the browser. */
  leave(): Promise<void>
  /** Opens the browser again, and the page in it. */
  comeBack(): Promise<void>
}

export interface World {
  /** The page's address. */
  readonly url: string
  readonly node: {
    /** SIGKILL: connections break without a word. */
    kill(): Promise<void>
    /** Again on the same port, with the same identity. */
    revive(): Promise<void>
    health(): Promise<{ readonly connections: number; readonly reservations: number; readonly registrations: number }>
  }
  /** Another node, which serves no page; its only slot is taken when it is full. */
  addNode(kind?: 'full'): Promise<SpawnedNode>
  /** A person with a new profile, and with a camera in their browser when one is asked for (`camera.ts`). */
  person(name: string, has?: 'camera'): Promise<Person>
  /** Several at once: most of a browser's start is waiting. */
  people<Names extends readonly string[]>(...names: Names): Promise<{ readonly [Name in keyof Names]: Person }>
  /** Two people who have joined by an invite and see each other. */
  pair(a: string, b: string): Promise<readonly [Person, Person]>
  /** The same of people who are there already: the first gets started, the second comes by an invite. */
  acquaint(first: Person, second: Person): Promise<void>
  /** A group that the first has made and the others have joined, all online and with the group open; and the invite they came by. */
  group<Names extends readonly string[]>(
    title: string,
    ...names: Names
  ): Promise<{ readonly people: { readonly [Name in keyof Names]: Person }; readonly link: string }>
  /** From now on the node gives away another build of the page. */
  newVersion(): Promise<void>
  /** Fails when a page did what no page may: asked another host, threw, broke the policy. */
  check(): void
  /** Keeps screenshots and consoles in a folder of its own, and says where. */
  keepEvidence(story: string): Promise<string>
  end(): Promise<void>
}

const builtPage = process.env['PARLEY_PAGE'] ?? fileURLToPath(new URL('../../../dist', import.meta.url))

export interface WorldOptions {
  /** The page comes over https from a host that is no node; it names one that has no domain. */
  readonly elsewhere?: boolean
}

export const createWorld = async ({ elsewhere = false }: WorldOptions = {}): Promise<World> => {
  // A copy of its own: a story may put a newer version there.
  const served = await mkdtemp(join(tmpdir(), 'parley-page-'))
  await cp(builtPage, served, { recursive: true })
  const node = await spawnNode(elsewhere ? {} : { page: served })
  const host = elsewhere ? await serveOverHttps(served, { nodes: [node.webRtcDirect] }) : undefined
  const url = host?.url ?? node.url
  const people: Person[] = []
  const others: SpawnedNode[] = []
  const hosts = new Set([node.url, url].map((address) => new URL(address).host))
  const nodeIsAway = (): void => {
    for (const { browser } of people) for (const witness of browser.witnesses) witness.nodeIsAway()
  }
  let wasAway = false

  const world: World = {
    url,
    node: {
      kill: async () => {
        wasAway = true
        nodeIsAway()
        await node.kill()
      },
      revive: () => node.revive(),
      health: async () => (await fetch(new URL('healthz', node.url))).json(),
    },
    addNode: async (kind) => {
      const other = await (kind === 'full' ? spawnFullNode() : spawnNode())
      others.push(other)
      hosts.add(new URL(other.url).host)
      return other
    },
    person: async (name, has) => {
      const switches = (folder: string): readonly string[] => [
        ...(elsewhere ? ['--ignore-certificate-errors'] : []),
        ...(has === 'camera' ? cameraSwitches(folder) : []),
      ]
      const browser = await createProfile(name, hosts, switches)
      const tab = createTab(name, browser.page)
      const person: Person = {
        ...tab,
        name,
        browser,
        secondTab: async () => {
          const page = await browser.newPage()
          await page.goto(url)
          return { ...createTab(name, () => page), close: () => page.close() }
        },
        leave: () => browser.close(),
        comeBack: async () => {
          await browser.open()
          if (wasAway) nodeIsAway()
          await person.visit(url)
        },
      }
      people.push(person)
      if (wasAway) nodeIsAway()
      return person
    },
    people: async (...names) => (await Promise.all(names.map((name) => world.person(name)))) as never,
    pair: async (a, b) => {
      const [first, second] = await world.people(a, b)
      await world.acquaint(first, second)
      return [first, second]
    },
    acquaint: async (first, second) => {
      await first.visit(url)
      await first.getStarted()
      await second.join(await first.invite())
      await first.open(second.name)
    },
    group: async (title, ...names) => {
      const people: readonly Person[] = await world.people(...names)
      const [first, ...others] = people
      if (!first) throw new Error('nobody makes the group')
      await first.visit(url)
      await first.getStarted()
      await first.createGroup(title)
      const link = await first.inviteToGroup()
      for (const other of others) await other.join(link)
      for (const person of people) await person.page().getByText(`${people.length} people · ${others.length} online`).waitFor()
      return { people: people as never, link }
    },
    newVersion: () => appendFile(join(served, 'service-worker.js'), '\n// a newer version\n'),
    check: () => {
      const faults = people.flatMap(({ browser }) => browser.witnesses.flatMap((witness) => witness.faults))
      expect(faults, 'what no page may ever do').toEqual([])
    },
    keepEvidence: async (story) => {
      const folder = await mkdtemp(join(tmpdir(), `parley-story-${story.replace(/\W+/g, '-').slice(0, 40)}-`))
      for (const { name, browser } of people) {
        const lines = browser.witnesses.flatMap((witness) => witness.lines)
        await writeFile(join(folder, `${name}.log`), lines.join('\n'))
        if (browser.isOpen())
          await browser
            .page()
            .screenshot({ path: join(folder, `${name}.png`), timeout: 5_000 })
            .catch(() => undefined)
      }
      return folder
    },
    end: async () => {
      await Promise.all(people.map(({ browser }) => browser.end()))
      await Promise.all([node, ...others].map((one) => one.end()))
      await rm(served, { recursive: true, force: true })
    },
  }
  return world
}

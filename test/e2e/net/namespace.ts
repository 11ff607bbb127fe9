// Network namespaces of the system: made, run in and removed with iproute2. All names begin alike, so that what a killed run has left behind
// is found and cleared away by the next.
import { spawn, type ChildProcess } from 'node:child_process'

const prefix = 'parley-'
const iproute = 'ip'

export interface Namespace {
  readonly name: string
  /** Runs a program there; rejects with what it said when it fails. */
  run(program: string, ...words: readonly string[]): Promise<string>
  /** Starts a program of Node's there, with words for it: one that can be sent messages, and reads and writes as this one does. */
  start(program: string, words?: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcess
  /** `ip` there, by a line as one would type it. */
  ip(line: string): Promise<string>
  /** Takes on these rules of nftables. */
  nft(rules: string): Promise<void>
}

/** A namespace with nothing but its loopback. */
export const createNamespace = async (called: string): Promise<Namespace> => {
  const name = prefix + called
  await ip(`netns add ${name}`)
  const inside = ['netns', 'exec', name]
  const namespace: Namespace = {
    name,
    run: (program, ...words) => run([iproute, ...inside, program, ...words]),
    start: (program, words = [], environment = {}) =>
      spawn(iproute, [...inside, process.execPath, program, ...words], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, ...environment },
      }),
    ip: (line) => ip(`-n ${name} ${line}`),
    nft: async (rules) => void (await run([iproute, ...inside, 'nft', '-f', '-'], rules)),
  }
  await namespace.ip('link set lo up')
  return namespace
}

/** `ip` of iproute2, by a line as one would type it. */
export const ip = (line: string): Promise<string> => run([iproute, ...line.split(' ')])

/** Ends what still runs in namespaces of this kind, and removes them with all of their devices; all but the one that is `kept`. */
export const removeNamespaces = async (kept?: string): Promise<void> => {
  const names = (await ip('netns list')).split('\n').flatMap((line) => {
    const [name = ''] = line.split(' ')
    return name.startsWith(prefix) && name !== prefix + kept ? [name] : []
  })
  for (const name of names) {
    for (const pid of (await ip(`netns pids ${name}`)).split('\n').filter((line) => line !== '')) end(Number(pid))
    await ip(`netns del ${name}`)
  }
}

const end = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was quicker.
  }
}

const run = ([program = '', ...words]: readonly string[], input = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'pipe' })
    let said = ''
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`${program} ${words.join(' ')}: ${complaint.trim()}`))))
    // A program that ends without reading says by its code whether that is well.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })

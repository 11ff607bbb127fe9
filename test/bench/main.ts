// `npm run bench -- NAME [--json] [--runs N] [--full] [--page FOLDER]`: how quick and how small the real thing is, on this machine, now. No test asserts
// a time; figures stand beside the same work without Parley wherever there is such a thing. With `--json` the last line is one object.
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { goToPublicHost, isAtPublicHost } from '../e2e/net/lab.ts'
import { benchBulk, showBulk } from './bulk.ts'
import { benchCatchUp, showCatchUp } from './catch-up.ts'
import { benchCouriers, showCouriers } from './couriers.ts'
import { benchDirectLink, showDirectLink } from './direct-link.ts'
import { benchEpoch, showEpoch } from './epoch.ts'
import { benchLadder, showLadder } from './ladder.ts'
import { benchLighthouse, showLighthouse } from './lighthouse.ts'
import { benchMembers, showMembers } from './members.ts'
import { benchNat, showNat } from './nat.ts'
import { benchNodeFlood, showNodeFlood } from './node-flood.ts'
import { benchNodeKill, showNodeKill } from './node-kill.ts'
import { benchPath, showPath } from './path.ts'
import { benchNodeLoad, showNodeLoad } from './node-load.ts'
import { benchRoom, showRooms } from './room.ts'
import { benchRtt, showRtt } from './rtt.ts'
import { benchSize, showSize } from './size.ts'
import { benchSearch, showSearch } from './search.ts'
import { benchStart, showStart } from './start.ts'
import { benchStore, showStore } from './store.ts'
import { benchTimeline, showTimeline } from './timeline.ts'
import { benchUplink, showUplink } from './uplink.ts'

interface Bench {
  readonly about: string
  readonly runs: number
  /** With `--full`: what the promises are about. */
  readonly fullRuns: number
  run(built: string, runs: number, full: boolean): Promise<{ readonly figures: object; readonly shown: string }>
}

const bench = <Figures extends object>(
  about: string,
  runs: number,
  measure: (built: string, runs: number, full: boolean) => Promise<Figures>,
  show: (figures: Figures) => string,
  fullRuns = runs,
): Bench => ({
  about,
  runs,
  fullRuns,
  run: async (built, count, full) => {
    const figures = await measure(built, count, full)
    return { figures, shown: show(figures) }
  },
})

const benches: Readonly<Record<string, Bench>> = {
  rtt: bench('keystroke to the other screen, and the wire beside a bare data channel', 200, benchRtt, showRtt),
  path: bench('where the time of a keystroke goes, from the trace of both browsers', 50, benchPath, showPath),
  start: bench('opening the page; an invite opened to the first messages', 20, benchStart, showStart),
  size: bench('JavaScript to the first message, as really asked for', 1, benchSize, showSize),
  'catch-up': bench('messages that were missed, received, verified, stored and shown', 10_000, benchCatchUp, showCatchUp),
  bulk: bench('what people say while messages that were missed flow over the same link', 10_000, benchBulk, showBulk),
  'node-kill': bench('the node killed in the middle of a chat, and back', 20, benchNodeKill, showNodeKill),
  couriers: bench(
    'share and delay of what two people say who are seldom online together',
    6,
    (_, runs) => benchCouriers(runs),
    showCouriers,
  ),
  members: bench('a long members lane, judged and resolved', 1, benchMembers, showMembers),
  epoch: bench('what an epoch costs by the number of devices', 1, benchEpoch, showEpoch),
  ladder: bench('nine bad networks, each worse than the one before', 20, benchLadder, showLadder),
  uplink: bench('from one network to another and back, while two write', 18, benchUplink, showUplink),
  lighthouse: bench('what Lighthouse says of the page on a phone', 3, benchLighthouse, showLighthouse),
  'direct-link': bench('how soon a direct link stands between two homes', 20, (_, runs) => benchDirectLink(runs), showDirectLink),
  nat: bench('two people behind routers of every kind', 1, benchNat, showNat, 20),
  'node-load': bench(
    'a node with many people, and what each costs',
    100,
    (_, runs, full) => benchNodeLoad(runs, full),
    showNodeLoad,
    1_000,
  ),
  'node-flood': bench(
    'a node under a flood, and honest people',
    1_000,
    (_, runs, full) => benchNodeFlood(runs, full),
    showNodeFlood,
    10_000,
  ),
  room: bench('rooms of several sizes, people at pages and in Node', 30, benchRoom, showRooms),
  search: bench('finding among many messages, encrypted on the disk, and the page over them', 100_000, benchSearch, showSearch, 1_000_000),
  timeline: bench('a conversation of many messages: opened, scrolled, typed in', 50_000, benchTimeline, showTimeline),
  store: bench('commits and watches beside bare IndexedDB', 200, (_, runs) => benchStore(runs), showStore),
}

/** Those that measure between homes, from the public host of test/e2e/net. */
const benchesOfHomes: readonly string[] = ['nat', 'direct-link', 'ladder', 'uplink']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    runs: { type: 'string' },
    page: { type: 'string' },
  },
})
const [name = ''] = positionals
const chosen = benches[name]
if (chosen === undefined) {
  const list = Object.entries(benches).map(([known, { about }]) => `  ${known.padEnd(10)} ${about}`)
  console.error(`npm run bench -- NAME [--json] [--runs N] [--full] [--page FOLDER]\n${list.join('\n')}`)
  process.exitCode = name === '' ? 0 : 2
} else if (benchesOfHomes.includes(name) && !isAtPublicHost()) await goToPublicHost()
else {
  const built = values.page ?? fileURLToPath(new URL('../../dist', import.meta.url))
  const machine = { cores: availableParallelism(), loadBefore: loadavg()[0], loadAfter: 0 }
  const { figures, shown } = await chosen.run(built, Number(values.runs ?? (values.full ? chosen.fullRuns : chosen.runs)), values.full)
  machine.loadAfter = loadavg()[0] ?? 0
  if (values.json) console.log(JSON.stringify({ bench: name, ...figures, machine }))
  else console.log(shown)
}

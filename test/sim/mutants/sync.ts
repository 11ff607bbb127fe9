// Bugs in how two devices bring each other up to date (core/sync, services/converse, serve, links).
import type { Mutant } from './mutant.ts'

export const syncMutants: readonly Mutant[] = [
  {
    name: 'loses-frames',
    does: 'loses frames under load and tells nobody',
    file: 'services/links.ts',
    find: `void network.send(device, frame)`,
    replace: `if (frame.length % 5 !== 0) void network.send(device, frame)`,
  },
  {
    name: 'claims-too-much',
    does: 'says to hold one more of every chain than it does',
    file: 'core/log/chains.ts',
    find: `[...chains].map(([key, head]) => [key, head.seq])`,
    replace: `[...chains].map(([key, head]) => [key, head.seq + 1])`,
  },
  {
    name: 'serves-wrong-range',
    does: 'leaves out the first event that somebody lacks',
    file: 'services/serve.ts',
    find: `{ after: [...prefix, after], limit`,
    replace: `{ after: [...prefix, after + 1], limit`,
  },
  {
    name: 'digests-one-lane',
    does: 'compares what was said and not who belongs',
    file: 'core/sync/digest.ts',
    find: `encodeCbor([...chains]`,
    replace: `encodeCbor([...chains].filter(([key]) => key.startsWith('1'))`,
  },
  {
    name: 'never-asks',
    does: 'hears what others have and never asks for it',
    file: 'core/sync/sync.ts',
    find: `return exceeds(have, mergeVectors(state.theirs, state.held.have)) ? settle(heard) : [heard, []]`,
    replace: `return [heard, []]`,
  },
  {
    name: 'never-compares',
    does: 'does not compare with a device that it is linked with again',
    file: 'services/converse.ts',
    find: `linked: (device) => {
      for (const { conversation } of session.rooms.all()) if (speaksAbout(device, conversation.id)) begin(device, conversation.id)`,
    replace: `linked: (device) => {
      for (const { conversation } of session.rooms.all()) if (device === '') begin(device, conversation.id)`,
  },
  {
    name: 'reads-as-held',
    does: 'believes whoever has another digest to hold the same',
    file: 'core/sync/sync.ts',
    find: `return isOthersTurn ? askSoon({ ...state, differing: message }, 0) : ask(state, 1)`,
    replace: `return hearSame(state, message)`,
  },
]

// The services' settings in every world.
import { hpkeSuites } from '../../../src/ports/cipher.ts'
import type { MessengerConfig } from '../../../src/services/deps.ts'

/** The one bootstrap node. */
export const nodeAddress = '/dns4/node.test/tcp/443/wss/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'

export const simConfig: MessengerConfig = { nodes: [nodeAddress], origin: 'https://parley.test/', suite: hpkeSuites.xWing }

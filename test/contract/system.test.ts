// The machine's own clock and dice in Node, as the bootstrap-node's tests and the simulator's runner use them.
import { systemContracts } from './system.ts'

systemContracts('Node')

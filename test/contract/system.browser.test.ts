// The machine's own clock and dice in a real browser.
import { systemContracts } from './system.ts'

systemContracts('Chromium')

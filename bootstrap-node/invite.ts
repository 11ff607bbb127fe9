// `invite`: makes an invite to a private node. The node need not be running.
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { invitePath, makeInvite } from './invites.ts'
import { folderOfData } from './usage.ts'

/** Days that an invite lasts when nothing is said. */
const usualDays = '7'

/** Prints the link; resolves to the exit code. */
export const invite = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: folderOfData() },
      days: { type: 'string', default: usualDays },
      'public-url': { type: 'string', default: 'https://YOUR-NODE' },
    },
  })
  const days = Number(values.days)
  if (!Number.isInteger(days) || days < 1 || days > 3_650) {
    process.stderr.write(`--days must be a number from 1 to 3650, not "${values.days}".\n`)
    return 2
  }
  const token = await makeInvite(resolve(values.data), days)
  process.stdout.write(`${values['public-url'].replace(/\/$/, '')}${invitePath}${token}\n`)
  return 0
}

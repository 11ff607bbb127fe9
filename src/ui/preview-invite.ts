// Looks at an invite twice: at once with what the link itself says, then again with what somebody confirms over the network.
import type { Commands, InvitePreview } from '../ports/commands.ts'
import { settle } from './settle.ts'

/** How long (milliseconds) somebody who can confirm is looked for. */
const confirmMs = 15_000

/** `show` gets each preview as it comes; the result is the sentence about what is wrong with the link, if something is. */
export const previewInvite = async (
  commands: Commands,
  link: string,
  show: (preview: InvitePreview) => void,
): Promise<string | undefined> => {
  const said = await settle(commands.previewInvite(link, 0))
  if (!said.ok) return said.error.here
  show(said.value)
  if (said.value.confirmed) return undefined
  const confirmed = await settle(commands.previewInvite(link, confirmMs))
  if (confirmed.ok) show(confirmed.value)
  return undefined
}

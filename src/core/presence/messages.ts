// What a person says of themselves on a link, to those with whom they are in a conversation: whether they look at the page, when they last
// did, and a status. No event: it is worth nothing tomorrow, and nobody has to keep it for others (decisions/0027). Times are spans and no
// moments, since clocks differ. Not about a conversation; its code goes on where that of verification/messages ends, and sync/messages
// reads and writes it as well.
import * as v from 'valibot'
import { encodeCbor } from '../codec/cbor.ts'
import { countShape, nameShape } from '../codec/shape.ts'
import { maxEmojiUnits } from '../limits.ts'
import { isSafeName } from '../names.ts'

/** A few words and an emoji, either of which may be empty. */
export interface StatusWords {
  readonly emoji: string
  /** At most 64 code points. */
  readonly text: string
}

/** `null` is what is not told: not yet, or not to be known. What came before is forgotten then. */
export interface PresenceMessage {
  readonly kind: 'presence'
  /** The page is on a screen now. */
  readonly here: boolean | null
  /** Seconds since it last was; 0 while it is. */
  readonly seen: number | null
  /** `left`: for how many more seconds it holds; `null` until it is taken back. */
  readonly status: (StatusWords & { readonly left: number | null }) | null
}

export const presenceCode = 23

/** A status that ends does so within a year. */
export const maxStatusSeconds = 366 * 86_400

const emojiShape = v.pipe(v.string(), v.maxLength(maxEmojiUnits), v.check(isSafeName))
const statusShape = v.pipe(
  v.strictTuple([
    emojiShape,
    v.union([nameShape, v.literal('')]),
    v.nullable(v.pipe(countShape, v.minValue(1), v.maxValue(maxStatusSeconds))),
  ]),
  v.check(([emoji, text]) => emoji !== '' || text !== ''),
  v.transform(([emoji, text, left]) => ({ emoji, text, left })),
)

/** The tuple that begins with the code. */
export const presenceShape: v.GenericSchema<unknown, PresenceMessage> = v.pipe(
  v.strictTuple([v.literal(presenceCode), v.nullable(v.boolean()), v.nullable(countShape), v.nullable(statusShape)]),
  v.transform(([, here, seen, status]): PresenceMessage => ({ kind: 'presence', here, seen, status })),
)

export const encodePresenceMessage = ({ here, seen, status }: PresenceMessage): Uint8Array =>
  encodeCbor([presenceCode, here, seen, status && [status.emoji, status.text, status.left]])

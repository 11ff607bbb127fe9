// Brings the sentences that nobody needs for a first message. Whatever comes by a lazy import and says one of them imports this; in another
// language than English they are there from the beginning.
import { enLater } from './en-later.ts'
import { t } from './index.ts'

Object.assign(t, { ...enLater, ...t })

// Brings the sentences and icons that nobody needs for a first message. Whatever comes by a lazy import and says one of them imports this; in another
// language than English they are there from the beginning.
import { iconPathsLater } from '../elements/icon-paths-later.ts'
import { addIcons } from '../elements/icons.ts'
import { enLater } from './en-later.ts'
import { t } from './index.ts'

Object.assign(t, { ...enLater, ...t })
addIcons(iconPathsLater)

// The catalogue in use. One language now; another one is chosen here, before the first paint.
import { en, type Catalogue } from './en.ts'

export const t: Catalogue = en

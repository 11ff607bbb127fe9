// What somebody types into the search field: words, and `from:`, `label:`, `in:`, `before:`, `after:`, `has:link` among them. Pure.
import { msPerDay } from '../../core/time.ts'
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import type { SearchWish } from '../../ports/queries.ts'

/** Whom and what names can mean. */
export interface Named {
  readonly people: readonly { readonly identity: IdentityId; readonly name: string; readonly labels?: readonly string[] }[]
  readonly conversations: readonly { readonly id: ConversationId; readonly title: string }[]
}

const operator = /(?:^|\s)(from|label|in|before|after|has):(?:"([^"]*)"|(\S+))/giu

const begins = (name: string, typed: string): boolean => name.toLocaleLowerCase().startsWith(typed.toLocaleLowerCase())

/** The beginning of a day here, milliseconds since 1970; undefined for what is no date. */
const dayOf = (typed: string): number | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed) ?? []
  return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day)).getTime()
}

/** A wish for what was typed. Names that nobody has, and dates that are none, stay words: somebody may look for just that. */
export const wishOf = (typed: string, { people, conversations }: Named): SearchWish => {
  let wish: Omit<SearchWish, 'text'> = {}
  const text = typed.replace(operator, (whole: string, name: string, quoted?: string, plain?: string) => {
    const value = quoted ?? plain ?? ''
    const found = partOf(name.toLowerCase(), value, people, conversations)
    if (found === undefined) return whole
    wish = { ...wish, ...found }
    return ' '
  })
  const { after, before } = wish
  return {
    ...wish,
    text: text.trim(),
    // The index wants both ends of a span.
    ...(after === undefined && before === undefined ? {} : { after: after ?? 0, before: before ?? Date.now() + msPerDay }),
  }
}

const partOf = (
  name: string,
  value: string,
  people: Named['people'],
  conversations: Named['conversations'],
): Omit<SearchWish, 'text'> | undefined => {
  switch (name) {
    case 'from': {
      const person = people.find((candidate) => begins(candidate.name, value))
      return person && { people: [person.identity] }
    }
    case 'label': {
      const labelled = people.filter(({ labels }) => labels?.some((label) => begins(label, value)))
      return labelled.length === 0 ? undefined : { people: labelled.map(({ identity }) => identity) }
    }
    case 'in': {
      const conversation = conversations.find(({ title }) => begins(title, value))
      return conversation && { conversation: conversation.id }
    }
    case 'has':
      return value.toLowerCase() === 'link' ? { hasLink: true } : undefined
    default: {
      const day = dayOf(value)
      if (day === undefined) return undefined
      return name === 'before' ? { before: day - 1 } : { after: day }
    }
  }
}

/** Spans of time that can be chosen, in days; undefined is any time. */
export const spans = { any: undefined, day: 1, week: 7, month: 30, year: 365 } as const
export type SpanName = keyof typeof spans

/** What was chosen beside the field, on top of what was typed. `now` in milliseconds since 1970. */
export const narrowed = (
  wish: SearchWish,
  chosen: { readonly person?: IdentityId | undefined; readonly conversation?: ConversationId | undefined; readonly span: SpanName },
  now: number,
): SearchWish => {
  const days = spans[chosen.span]
  return {
    ...wish,
    ...(chosen.person === undefined ? {} : { people: [chosen.person] }),
    ...(chosen.conversation === undefined ? {} : { conversation: chosen.conversation }),
    ...(days === undefined ? {} : { after: now - days * msPerDay, before: now + msPerDay }),
  }
}

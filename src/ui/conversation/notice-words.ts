// Lines between messages, in words of the language in use.
import { unreachable } from '../../core/result.ts'
import type { NoticeView, PersonView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'

const nameOf = (person: PersonView | undefined): string => shownName(person?.name, t.someone)

export const noticeWords = ({ notice, author, person, alarm }: NoticeView): string => {
  const who = nameOf(author)
  const [words, mine] = [t.notices, t.ownNotices]
  switch (notice.kind) {
    case 'created':
      if (notice.name === '') return author.isMe ? mine.started : words.started(who)
      return author.isMe ? mine.created(shownName(notice.name)) : words.created(who, shownName(notice.name))
    case 'joined':
      if (alarm) return words.namesake(nameOf(person))
      return person?.isMe ? mine.joined : words.joined(nameOf(person))
    case 'removed':
      if (author.isMe) return mine.removed(nameOf(person))
      return person?.isMe ? words.removedYou(who) : words.removed(who, nameOf(person))
    case 'role':
      if (author.isMe) return person?.isMe ? mine.ownRole(notice.role) : mine.role(nameOf(person), notice.role)
      if (person?.identity === author.identity) return words.selfRole(who, notice.role)
      return person?.isMe ? words.yourRole(who, notice.role) : words.role(who, nameOf(person), notice.role)
    case 'policy':
      if (notice.before === undefined || notice.before.post === notice.policy.post) return author.isMe ? mine.policy : words.policy(who)
      return author.isMe ? mine.post(notice.policy.post) : words.post(who, notice.policy.post)
    case 'timer': {
      const span = spanOf(notice.seconds)
      if (notice.seconds === 0) return author.isMe ? mine.timerOff : words.timerOff(who)
      return author.isMe ? mine.timer(span) : words.timer(who, span)
    }
    case 'slow': {
      if (notice.seconds === 0) return author.isMe ? mine.slowOff : words.slowOff(who)
      const span = spanOf(notice.seconds)
      return author.isMe ? mine.slow(span) : words.slow(who, span)
    }
    case 'approval':
      if (author.isMe) return notice.on ? mine.approval : mine.approvalOff
      return notice.on ? words.approval(who) : words.approvalOff(who)
    case 'withdrawn':
      return author.isMe ? mine.withdrawn : words.withdrawn(who)
    case 'left':
      return author.isMe ? mine.left : words.left(who)
    case 'named':
      return author.isMe ? mine.named(shownName(notice.name)) : words.named(who, shownName(notice.name))
    case 'pictured':
      return author.isMe ? mine.pictured : words.pictured(who)
    case 'renamed':
      return author.isMe ? mine.renamed(shownName(notice.name)) : words.renamed(shownName(notice.name))
    case 'device-added':
      return author.isMe ? mine.deviceAdded : words.deviceAdded(who)
    case 'device-removed':
      return author.isMe ? mine.deviceRemoved : words.deviceRemoved(who)
    case 'forked':
      return author.isMe ? mine.forked : words.forked(who)
    case 'newer-version':
      return author.isMe ? mine.newer : words.newer(who)
    case 'missing':
      return words.missing(who, notice.count)
    case 'refused':
      return t.refused[notice.reason]
    default:
      return unreachable(notice)
  }
}

// Asks one rendezvous point, over one stream that stays open: requests go out as they come, answers come back in order.
// Points that end the stream after each answer (rust's does) are asked over a new stream each time.
import type { Connection } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { rendezvousProtocol } from '../../core/wire/protocol-ids.ts'
import { decodeRendezvous, encodeRendezvous, maxRendezvousMessageBytes } from '../../core/wire/rendezvous.ts'
import type { RendezvousMessage } from '../../core/wire/rendezvous.ts'

/** Milliseconds for an answer. */
const answerDeadlineMs = 10_000

export interface RendezvousClient {
  /** The answer; rejects when there is none in time. `unregister` has no answer and gives `undefined`. */
  ask(request: RendezvousMessage): Promise<RendezvousMessage | undefined>
}

interface Conversation {
  send(request: RendezvousMessage): Promise<RendezvousMessage | undefined>
  isOpen(): boolean
}

export const createRendezvousClient = (connection: Connection): RendezvousClient => {
  let conversation: Promise<Conversation> | undefined
  let oneAnswerAStream = false

  const current = async (): Promise<Conversation> => {
    const kept = oneAnswerAStream ? undefined : await conversation?.catch(() => undefined)
    if (kept?.isOpen() === true) return kept
    conversation = converse(connection)
    return conversation
  }

  // Opening is serialised, or a burst of requests would open a stream each.
  let opening: Promise<unknown> = Promise.resolve()
  const take = (): Promise<Conversation> => {
    const taken = opening.then(current, current)
    opening = taken
    return taken
  }

  return {
    async ask(request) {
      try {
        return await (await take()).send(request)
      } catch (error) {
        if (!(error instanceof EndedAfterAnswer)) throw error
        oneAnswerAStream = true
        return (await take()).send(request)
      }
    },
  }
}

class EndedAfterAnswer extends Error {}

const converse = async (connection: Connection): Promise<Conversation> => {
  const stream = await connection.newStream(rendezvousProtocol, { signal: AbortSignal.timeout(answerDeadlineMs) })
  const messages = lpStream(stream, { maxDataLength: maxRendezvousMessageBytes })
  const waiting: { resolve(answer: RendezvousMessage): void; reject(error: Error): void; timer: ReturnType<typeof setTimeout> }[] = []
  let answers = 0

  const end = (error: Error): void => {
    for (const entry of waiting.splice(0)) {
      clearTimeout(entry.timer)
      entry.reject(error)
    }
    if (stream.status === 'open') stream.abort(error)
  }

  void (async () => {
    try {
      while (true) {
        const answer = decodeRendezvous((await messages.read()).subarray())
        const [next] = waiting
        // It stays in line until then, so that whoever asked is told when what came is no answer.
        if (answer === undefined || next === undefined) throw new Error('not an answer')
        waiting.shift()
        clearTimeout(next.timer)
        answers++
        next.resolve(answer)
      }
    } catch {
      end(answers > 0 ? new EndedAfterAnswer() : new Error('the rendezvous point ended the conversation'))
    }
  })()

  return {
    isOpen: () => stream.status === 'open' && stream.writeStatus === 'writable' && stream.remoteWriteStatus === 'writable',
    async send(request) {
      const answer =
        request.kind === 'unregister'
          ? undefined
          : new Promise<RendezvousMessage>((resolve, reject) => {
              const timer = setTimeout(() => end(new Error('no answer in time')), answerDeadlineMs)
              waiting.push({ resolve, reject, timer })
            })
      answer?.catch(() => {})
      await messages.write(encodeRendezvous(request))
      return answer
    },
  }
}

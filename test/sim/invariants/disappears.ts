// What is to disappear is gone from the disk in its time, in every form in which it was there, and nothing goes before. Told from the signed
// events and the device's own clock, without the services' rows.
import { hlcPerMs } from '../../../src/core/event/clock.ts'
import { lanes, type SignedEvent } from '../../../src/core/event/event.ts'
import type { ConversationId } from '../../../src/core/ids.ts'
import type { FadingRecord } from '../../../src/ports/tables.ts'
import type { TableName } from '../../../src/ports/store.ts'
import type { SimDevice } from '../world/device.ts'
import { decodedOnce, eventsOn, rowAt, rowsOf } from '../world/logs.ts'
import { epochMs } from '../world/ports.ts'
import type { CreateInvariant } from './invariant.ts'

/** Where words are held in the open; the search index is checked by its own tests. */
const tables: readonly TableName[] = ['timeline', 'conversations', 'events', 'forks']
/** Between the moment in which something is due and the commit that erases it. */
const graceMs = 2_000
/** A clock that is off by so much, or was set, says nothing of when something was written. */
const saneMs = 10 * 60_000

export const createDisappears: CreateInvariant = ({ world, oracle }) => {
  const name = 'what disappears is gone in its time'
  const textOf = ({ body }: SignedEvent): string | undefined => (body.kind === 'text' || body.kind === 'edit' ? body.text : undefined)

  const check = (device: SimDevice, conversation: ConversationId): readonly string[] => {
    const now = epochMs + world.scheduler.now() + device.skewMs
    const present: string[] = []
    for (const event of eventsOn(device.disk, conversation)) {
      if (event.fading === undefined || event.lane !== lanes.content) continue
      const { lifetime, words } = event.fading
      if (words === null) {
        checkTime(device, event, lifetime)
        continue
      }
      present.push(textOf(event) ?? '')
      const message = event.body.kind === 'edit' ? event.body.target.id : event.id
      const due = rowAt(device.disk, 'fading', [conversation, message, event.id]) as FadingRecord | undefined
      if (due === undefined) world.violate(name, `${device.name} keeps '${textOf(event)}' and does not know until when`)
      else if (due.at < now - graceMs) world.violate(name, `'${textOf(event)}' outlives its time on ${device.name} by ${now - due.at} ms`)
      else if (due.at > now + lifetime * 1_000 + saneMs) world.violate(name, `'${textOf(event)}' is to stay for too long on ${device.name}`)
    }
    return present
  }

  /** Whose words have gone: that they were over. */
  const checkTime = (device: SimDevice, { wall, hlc, device: writer }: SignedEvent, lifetime: number): void => {
    const isSane = world.devices.every(
      ({ skewMs, jumpedAt, isHostile }) => Math.abs(skewMs) < saneMs && jumpedAt === -Infinity && !isHostile,
    )
    const over = Math.max(wall, hlc / hlcPerMs) + lifetime * 1_000
    if (isSane && epochMs + world.scheduler.now() < over - 2 * saneMs)
      world.violate(
        name,
        `what ${world.deviceOf(writer)?.name} said is gone on ${device.name} ${over - epochMs - world.scheduler.now()} ms early`,
      )
  }

  return {
    name,
    commit: (_, writes) => {
      for (const write of writes) {
        if (write.kind !== 'put' || write.table !== 'events') continue
        const event = decodedOnce(write.value.bytes)
        const text = event?.fading?.words ? textOf(event) : undefined
        if (text !== undefined) oracle.fading.add(text)
      }
    },
    atRest: ({ seenByDevice }) => {
      for (const [device, seen] of seenByDevice) {
        const present = new Set([...seen.keys()].flatMap((conversation) => check(device, conversation)))
        const dump = tables
          .map((table) =>
            rowsOf(device.disk, table, [])
              .map(({ value }) => inWords(value))
              .join('\n'),
          )
          .join('\n')
        for (const text of oracle.fading)
          if (!present.has(text) && dump.includes(text)) world.violate(name, `'${text}' is still on the disk of ${device.name}`)
      }
    },
  }
}

/** A record with its bytes as letters. */
const inWords = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part))

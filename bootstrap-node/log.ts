// The log on standard error, so that standard output holds only what people wait for: JSON for machines, plain lines on a terminal.
// No line names an address.
import pino from 'pino'
import type { Logger } from 'pino'

export const createLog = (level: string, terminal: boolean): Logger =>
  terminal
    ? pino({ level, base: null }, { write: (line: string) => void process.stderr.write(plainLine(line)) })
    : pino({ level, base: null }, pino.destination({ fd: 2, sync: true }))

/** `12:34:56 warn: text (name: value)` out of a line of JSON. */
export const plainLine = (json: string): string => {
  const { level, time, msg, ...rest } = JSON.parse(json) as { readonly level: number; readonly time: number; readonly msg?: string }
  const more = Object.entries(rest).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const label = pino.levels.labels[level] ?? String(level)
  return `${new Date(time).toLocaleTimeString('en-GB')} ${label}: ${msg ?? ''}${more.length === 0 ? '' : ` (${more.join(', ')})`}\n`
}

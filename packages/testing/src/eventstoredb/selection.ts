import type { ReadReq } from '@eventstore/db-client/generated/streams_pb'
import { invalid } from './call-error'
import type { Recorded } from './record'

/** Which events of `$all` a reader wants, and after how many looked at it wants to be told how far that went. */
export interface Selection {
  matches(record: Recorded): boolean
  readonly checkpointEvery: number
}

type Filter = ReadReq.Options.FilterOptions

const defaultWindow = 32

/** As the server reads a filter: a regular expression, or else prefixes; on the stream's name or the event's type. */
export const selectionOf = (filter: Filter | undefined): Selection => {
  if (filter === undefined) return { matches: () => true, checkpointEvery: Number.POSITIVE_INFINITY }
  const onStream = filter.getStreamIdentifier()
  const expression = onStream ?? filter.getEventType()
  if (expression === undefined) throw invalid('a filter needs an expression')
  if (!filter.hasMax() && !filter.hasCount()) throw invalid('a filter needs a window')
  const interval = filter.getCheckpointintervalmultiplier()
  if (interval === 0) throw invalid('the checkpoint interval must be greater than 0')

  const regex = expression.getRegex()
  const prefixes = expression.getPrefixList()
  if (regex === '' && prefixes.length === 0) throw invalid('a filter needs a regular expression or prefixes')
  const pattern = regex === '' ? undefined : new RegExp(regex)
  const matchesText = (text: string) => pattern?.test(text) ?? prefixes.some((prefix) => text.startsWith(prefix))
  return {
    matches: ({ stream, type }) => matchesText(onStream === undefined ? type : stream),
    checkpointEvery: interval * (filter.hasMax() ? filter.getMax() : defaultWindow),
  }
}

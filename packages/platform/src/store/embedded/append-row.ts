import { Halted } from '../../host/halt'
import type { RecordedEvent, Revision, StoredEvent } from '../event-store'

/**
 * An append as it lies in the file: the texts of its events as they were hashed, one a line. An event is named by the link
 * in the text after it, so that only the hash of the last one is written beside; `ids` has 16 bytes for each. `odd` names
 * types and hashes of those few appends whose texts do not say them. `position` is that of the last event: those before
 * it count down.
 */
export type AppendRow = readonly [
  position: number,
  stream: string,
  first: Revision,
  last: Revision,
  hash: string,
  ids: Buffer,
  texts: Buffer,
  odd: string | null,
]

const typeMark = '"type":"'
const linkMark = '"previousHash":"'
const quote = 0x22
const lineBreak = 0x0a

/** What a text says is what a reader finds in it: its type at the end, the hash before it behind the last mark of a link. */
const saysType = ({ body, type }: StoredEvent): boolean => {
  const at = body.lastIndexOf(typeMark)
  const from = at + typeMark.length
  return at !== -1 && body.startsWith(type, from) && body.length === from + type.length + 2
}

const saysLink = (body: string, hash: string): boolean => {
  const at = body.lastIndexOf(linkMark)
  const from = at + linkMark.length
  return at !== -1 && body.startsWith(hash, from) && body.indexOf('"', from) === from + hash.length
}

/** Memory of at least so many bytes, that of the last time where it is enough. */
export type Sheet = (size_bytes: number) => Buffer

/** What an append is written on, one after the other: memory that is new each time costs as much as what is written on it. */
export const openSheet = (): Sheet => {
  let sheet = Buffer.alloc(0)
  return (size_bytes) => {
    if (sheet.length < size_bytes) sheet = Buffer.allocUnsafeSlow(size_bytes)
    return sheet
  }
}

/** In UTF-8 a letter takes so many bytes at most. */
const letter_bytes = 3

/** The texts, one a line, each written once to where it stands. */
const linesOf = (events: readonly StoredEvent[], sheet: Sheet): Buffer => {
  let most = events.length
  for (const { body } of events) most += letter_bytes * body.length
  const lines = sheet(most)
  let at = 0
  for (const { body } of events) {
    at += lines.write(body, at)
    at = lines.writeUInt8(lineBreak, at)
  }
  return lines.subarray(0, at - 1)
}

/**
 * Packs the events of an append, of which `before` events of the whole store were written before. What is packed on a
 * sheet is good until the next that is packed on it.
 */
export const packAppend = (
  stream: string,
  events: readonly StoredEvent[],
  before: number,
  sheet: Sheet = openSheet(),
): AppendRow => {
  const [first, last] = [events[0], events.at(-1)]
  if (first === undefined || last === undefined) throw new Error(`nothing to append to ${stream}`)
  for (const { revision, body } of events)
    if (body.includes('\n')) throw new Error(`append: the text of ${stream}:${revision} has a line break`)
  const isPlain = events.every((event, i) => {
    const next = events[i + 1]
    return saysType(event) && (next === undefined || saysLink(next.body, event.hash))
  })
  return [
    before + events.length,
    stream,
    first.revision,
    last.revision,
    last.hash,
    Buffer.from(
      events
        .map(({ id }) => id)
        .join('')
        .replaceAll('-', ''),
      'hex',
    ),
    linesOf(events, sheet),
    isPlain ? null : JSON.stringify(events.map(({ type, hash }) => [type, hash])),
  ]
}

const uuidAt = (ids: Buffer, at: number): string => {
  const hex = ids.toString('hex', at, at + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Where each line begins, and where one more would. */
const linesIn = (texts: Buffer): readonly number[] => {
  const begins = [0]
  for (let at = texts.indexOf(lineBreak); at !== -1; at = texts.indexOf(lineBreak, at + 1)) begins.push(at + 1)
  begins.push(texts.length + 1)
  return begins
}

/** The events of a row from a revision on. Their strings are their own: keeping one keeps nothing of the others alive. */
export const unpackAppend = (
  [position, stream, first, last, lastHash, ids, texts, odd]: AppendRow,
  from: Revision,
): readonly RecordedEvent[] => {
  const begins = linesIn(texts)
  const count = last - first + 1
  if (begins.length !== count + 1 || ids.length !== 16 * count)
    throw new Halted(
      'broken-history',
      `the append of ${stream} at revision ${first} is damaged: it is not ${count} events`,
    )
  const named = odd === null ? undefined : (JSON.parse(odd) as readonly (readonly [type: string, hash: string])[])
  const endOf = (line: number): number => (begins[line + 1] ?? 0) - 1
  const typeOf = (line: number): string => {
    const end = endOf(line)
    return texts.toString('utf8', texts.lastIndexOf(typeMark, end) + typeMark.length, end - 2)
  }
  const linkOf = (line: number): string => {
    const at = texts.lastIndexOf(linkMark, endOf(line)) + linkMark.length
    return texts.toString('utf8', at, texts.indexOf(quote, at))
  }
  const events: RecordedEvent[] = []
  for (let line = Math.max(0, from - first); line < count; line += 1) {
    const [type, hash] = named?.[line] ?? [typeOf(line), line === count - 1 ? lastHash : linkOf(line + 1)]
    events.push({
      stream,
      revision: first + line,
      position: String(position - (count - 1 - line)),
      id: uuidAt(ids, 16 * line),
      type,
      hash,
      body: texts.toString('utf8', begins[line], endOf(line)),
    })
  }
  return events
}

import { eventData } from '../event-data'
import { madeOnce } from './code'
import { eventCodec, type Unsealed } from './codecs'
import { type Scanner, scannerOf } from './scanner'

const nothing: Scanner<Unsealed> = { scan: () => undefined, dissect: () => undefined }

/** The scanners of the events of one type, by the type of the command they carry, and the one that read the last. */
interface Kind {
  readonly byCommand: (commandType: string) => Scanner<Unsealed>
  last: Scanner<Unsealed>
}

const kindOf = (type: string): Kind => ({
  byCommand: madeOnce<Scanner<Unsealed>>(
    (commandType) => eventCodec(type, commandType),
    (codec) => scannerOf(codec, ['metadata']),
    nothing,
  ),
  last: nothing,
})

const kinds = new Map(Object.keys(eventData).map((type) => [type, kindOf(type)]))

const typed = '"type":"'

/** The type of the command in an event's text: of its fields only a time may follow. Empty where there is none. */
const commandTypeIn = (body: string): string => {
  const end = body.indexOf('},"commandId":"')
  if (end < 0) return ''
  const from = body.lastIndexOf(typed, end) + typed.length
  return body.slice(from, body.indexOf('"', from))
}

/** Asks the scanner that read the last event of this type, which mostly reads this one too; then the one it should be. */
const asked = <A>(type: string, body: string, ask: (scanner: Scanner<Unsealed>) => A | undefined): A | undefined => {
  const kind = kinds.get(type)
  if (kind === undefined) return undefined
  const found = ask(kind.last)
  if (found !== undefined) return found
  const scanner = kind.byCommand(commandTypeIn(body))
  if (scanner === kind.last) return undefined
  kind.last = scanner
  return ask(scanner)
}

/**
 * The event of a text, if that is, byte for byte, the canonical form of one as it is written today. Undefined for any
 * other: then JSON.parse and the codecs answer.
 */
export const scanEvent = (type: string, body: string): Unsealed | undefined =>
  asked(type, body, ({ scan }) => scan(body))

/** The same with the texts of its parts. */
export const dissectEvent = (type: string, body: string): ReturnType<Scanner<Unsealed>['dissect']> =>
  asked(type, body, ({ dissect }) => dissect(body))

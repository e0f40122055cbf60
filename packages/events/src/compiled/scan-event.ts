import { eventData } from '../event-data'
import { eventCodec, type Unsealed } from './codecs'
import { type Scanner, scannerOf } from './scanner'

const nothing: Scanner<Unsealed> = { scan: () => undefined, dissect: () => undefined }

/** The scanners of the events of one type, by the type of the command they carry, and the one that read the last. */
interface Kind {
  readonly byCommand: Map<string, Scanner<Unsealed>>
  last: Scanner<Unsealed>
}

const kinds = new Map<string, Kind>(
  Object.keys(eventData).map((type) => [type, { byCommand: new Map(), last: nothing }]),
)

/** The type of the command in an event's text: the last of a command's fields. Empty where there is none. */
const commandTypeIn = (body: string): string => {
  const end = body.indexOf('},"commandId":"')
  return end < 0 ? '' : body.slice(body.lastIndexOf('"', end - 2) + 1, end - 1)
}

/** Each scanner is made when the first such event is met: few of all that there could be ever are. */
const scannerFor = (type: string, { byCommand }: Kind, commandType: string): Scanner<Unsealed> => {
  const known = byCommand.get(commandType)
  if (known !== undefined) return known
  const codec = eventCodec(type, commandType)
  // What no program knows is not kept, for there is no end of it.
  if (codec === undefined) return nothing
  const scanner = scannerOf<Unsealed>(codec, ['metadata'])
  byCommand.set(commandType, scanner)
  return scanner
}

/** Asks the scanner that read the last event of this type, which mostly reads this one too; then the one it should be. */
const asked = <A>(type: string, body: string, ask: (scanner: Scanner<Unsealed>) => A | undefined): A | undefined => {
  const kind = kinds.get(type)
  if (kind === undefined) return undefined
  const found = ask(kind.last)
  if (found !== undefined) return found
  const scanner = scannerFor(type, kind, commandTypeIn(body))
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

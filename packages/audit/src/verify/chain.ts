import { eventIdOf, genesis, linkHash, type Stored } from '@novation/events'
import { type Fault, fault } from './checks'

/** Where a chain stands: the revision that is due, and the hash that the next event must name. */
export interface Link {
  next: number
  head: string
}

export const chainStart: Readonly<Link> = { next: 0, head: genesis }

/** What an event says of itself, as far as the chain is concerned. */
interface Said {
  readonly type?: unknown
  readonly revision?: unknown
  readonly pool?: unknown
  readonly metadata?: { readonly previousHash?: unknown }
}

const parsed = (body: string): Said => {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? json : {}
  } catch {
    return {}
  }
}

const orderFault = (next: number, { revision }: Stored): Fault | undefined => {
  if (revision === next) return undefined
  if (revision === next - 1) return fault('order', next, `revision ${revision} stands twice; ${next} was due`)
  const missing = revision === next + 1 ? `${next} is missing` : `${next} to ${revision - 1} are missing`
  return fault(
    'order',
    next,
    revision > next ? `revision ${missing}; ${revision} was found` : `revision ${revision} was found, ${next} was due`,
  )
}

/** The keys of canonical JSON are in order, so what a sound event says of itself stands in known words at its end. */
const saysItself = (pool: string, { body, revision, type }: Stored): boolean =>
  body.endsWith(`,"revision":${revision},"type":"${type}"}`) && body.includes(`,"pool":"${pool}","postings":[`)

const columnFault = (pool: string, event: Stored): Fault | undefined => {
  if (saysItself(pool, event)) return undefined
  const said = parsed(event.body)
  if (said.type === event.type && said.revision === event.revision && said.pool === pool) return undefined
  return fault(
    'columns',
    event.revision,
    `stored as event ${event.revision} (${event.type}) of ${pool}, but its body says ${said.revision} (${said.type}) of ${said.pool}`,
  )
}

/** The hash before, as the body itself names it; a quote inside a text is escaped, so these words are always a field. */
const namedBefore = ({ body }: Stored): string => {
  const words = '"previousHash":"'
  const at = body.lastIndexOf(words)
  return at < 0 ? '' : body.slice(at + words.length, at + words.length + 64)
}

const [beforeHead, behindHead] = ['"previousHash":"', '","version":']

/**
 * Whether all of it is right that is not a digest, told at once for an event whose metadata ends as those of today do: its
 * version, of one digit, is the last there is. What this does not see, the longer way may.
 */
const isPlainlySound = (behindVersion: string, head: string, { body, revision, type }: Stored): boolean => {
  const at = body.indexOf(head)
  const version = at + head.length + behindHead.length
  return (
    body.startsWith(beforeHead, at - beforeHead.length) &&
    body.startsWith(behindHead, at + head.length) &&
    body.startsWith(behindVersion, version + 1) &&
    body.endsWith(`,"revision":${revision},"type":"${type}"}`)
  )
}

const clean: readonly Fault[] = []

const faultsOf = (pool: string, { next, head }: Readonly<Link>, event: Stored): readonly Fault[] => {
  const before = namedBefore(event)
  const found = [
    orderFault(next, event),
    columnFault(pool, event),
    before === head
      ? undefined
      : fault(
          'link',
          event.revision,
          `it links to ${before.slice(0, 12)}…, but the event before it has ${head.slice(0, 12)}…`,
        ),
    linkHash(before, event.body) === event.hash
      ? undefined
      : fault(
          'hash',
          event.revision,
          `its bytes hash to ${linkHash(before, event.body).slice(0, 12)}…, but its hash says ${event.hash.slice(0, 12)}…`,
        ),
    eventIdOf(event.hash) === event.id
      ? undefined
      : fault('id', event.revision, `its id is ${event.id}, its hash gives ${eventIdOf(event.hash)}`),
  ]
  return found.flatMap((each) => each ?? [])
}

/**
 * One event against the chain: everything about it that can be told from its bytes and the hash before. Whoever asks goes
 * on after a break with what the event claims to be, so that one break is not told as many.
 */
export const linksOf = (pool: string): ((link: Readonly<Link>, event: Stored) => readonly Fault[]) => {
  const behindVersion = `},"pool":"${pool}","postings":[`
  return ({ next, head }, event) => {
    const sound =
      event.revision === next &&
      isPlainlySound(behindVersion, head, event) &&
      linkHash(head, event.body) === event.hash &&
      eventIdOf(event.hash) === event.id
    return sound ? clean : faultsOf(pool, { next, head }, event)
  }
}

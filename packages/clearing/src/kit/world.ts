import type { Command, CommandData, CommandType, LedgerEvent, Millis } from '@novation/events'
import { formatTime, parseTime } from '@novation/events'
import { type Processed, process, processBulk } from '../ledger/process'
import { type Book, emptyPool } from '../state/book'
import { evolve } from '../state/evolve'
import { judge } from '../state/judge'

/** One command that was sent, and what the ledger made of it. */
export interface Sent {
  readonly command: Command
  readonly processed: Processed
  readonly events: readonly LedgerEvent[]
  /** Whether the scenario goes on though it was turned away. */
  readonly mayFail?: boolean
}

/** A pool, its whole history, the ledger's clock, and what was asked of it so far. A value: steps lead to other worlds. */
export interface World {
  readonly pool: Book
  readonly events: readonly LedgerEvent[]
  readonly clock: Millis
  readonly sent: readonly Sent[]
}

const isAt = (book: Book, events: readonly LedgerEvent[]): boolean =>
  book.revision === events.length - 1 && (events.length === 0 || book.head === events.at(-1)?.metadata.hash)

/** There is one book as long as worlds follow one another; who goes on from an earlier world gets another, folded anew. */
const worldAt = (book: Book, { events, clock, sent }: Omit<World, 'pool'>): World => {
  let own = book
  return {
    get pool() {
      if (!isAt(own, events)) own = judge(events.reduce(evolve, emptyPool(own.name, own.parts)))
      return own
    },
    events,
    clock,
    sent,
  }
}

/** The same world but for its clock, or for what was sent. */
export const worldWith = (world: World, change: Partial<Omit<World, 'pool' | 'events'>>): World => {
  const { events, clock, sent } = world
  return worldAt(world.pool, { events, clock, sent, ...change })
}

export type Step = (world: World) => World

/** A command before it has a number and a time; what is left out is supplied when it is sent. */
export interface Wish<K extends CommandType = CommandType> {
  readonly type: K
  readonly data: CommandData<K>
  readonly id?: string
  readonly actor?: string
  readonly at?: string
  readonly until?: string
  readonly pool?: string
}

/** Every scenario begins here. */
export const begin: Millis = parseTime('2020-03-12T10:00:00Z')

export const worldBefore = (book: Book): World => worldAt(book, { events: [], clock: begin, sent: [] })

export const emptyWorld: World = worldBefore(emptyPool('main'))

const services: { readonly [K in CommandType]?: string } = {
  CallMargin: 'margin',
  CloseCall: 'margin',
  CallDebit: 'margin',
  CloseDebit: 'margin',
  StartLiquidation: 'liquidator',
  EndLiquidation: 'liquidator',
  Deleverage: 'liquidator',
  CloseOut: 'liquidator',
  CoverLoss: 'insurance',
  PassTime: 'clock',
}

/** A trade whose name does not matter to the scenario is named after its command. */
const withTrade = (id: string, { data }: Wish) =>
  'trade' in data && data.trade === '' ? { ...data, trade: `t-${id}` } : data

/** The command a wish becomes: numbered by what was sent before, timed by the clock, sent by whom it behoves. */
export const commandOf = (world: World, wish: Wish): Command => {
  const id = wish.id ?? `c-${world.sent.length + 1}`
  return {
    pool: world.pool.name,
    actor: services[wish.type] ?? 'operator',
    at: formatTime(world.clock),
    ...wish,
    id,
    data: withTrade(id, wish),
  } as Command
}

/** The parts of the bulk under way, to its end: nothing else is decided in between. */
export const bulkParts = (book: Book): readonly LedgerEvent[] => {
  const events: LedgerEvent[] = []
  // Each part does one entry at the least, and then comes the end.
  let most = (book.bulk?.entries ?? 0) + 1
  for (let part = processBulk(book); part !== undefined; part = processBulk(book)) {
    if (most === 0) throw new Error(`bulk ${book.bulk?.id} does not end`)
    most -= 1
    events.push(...part.events)
  }
  return events
}

/** One command through the ledger, and the bulk it may begin, to its end. */
export const send = (world: World, command: Command): World => {
  const { pool: book, clock } = world
  const processed = process(book, command, clock)
  const events = processed.tag === 'decided' ? [...processed.events, ...bulkParts(book)] : []
  const sent = [...world.sent, { command, processed, events }]
  return worldAt(book, { events: [...world.events, ...events], clock, sent })
}

/** One step: a wish is sent, anything else does what it does. */
export const take = (world: World, step: Step | Wish): World =>
  typeof step === 'function' ? step(world) : send(world, commandOf(world, step))

/** Several steps, each from where the one before left. */
export const all =
  (...steps: readonly (Step | Wish)[]): Step =>
  (world) =>
    steps.reduce(take, world)

/** Steps of which some may be turned away: a scenario about what follows from that. */
export const tried =
  (...steps: readonly (Step | Wish)[]): Step =>
  (world) => {
    const after = all(...steps)(world)
    return worldWith(after, {
      sent: after.sent.map((sent, i) => (i < world.sent.length ? sent : { ...sent, mayFail: true })),
    })
  }

/** Whether the ledger did what was asked. */
export const isAccepted = ({ processed }: Sent): boolean =>
  processed.tag === 'decided' && processed.rejection === undefined

import type { Command, CommandData, CommandType, LedgerEvent, Millis } from '@novation/events'
import { formatTime, parseTime } from '@novation/events'
import { type Decided, type Processed, process, processBulk } from '../ledger/process'
import { emptyPool, type Pool } from '../state/pool'

/** One command that was sent, and what the ledger made of it. */
export interface Sent {
  readonly command: Command
  readonly processed: Processed
  readonly events: readonly LedgerEvent[]
  /** Whether the scenario goes on though it was turned away. */
  readonly mayFail?: boolean
}

/** A pool, its whole history, the ledger's clock, and what was asked of it so far. A value, like the pool. */
export interface World {
  readonly pool: Pool
  readonly events: readonly LedgerEvent[]
  readonly clock: Millis
  readonly sent: readonly Sent[]
}

export type Step = (world: World) => World

/** A command before it has a number and a time; what is left out is supplied when it is sent. */
export interface Wish<K extends CommandType = CommandType> {
  readonly type: K
  readonly data: CommandData<K>
  readonly id?: string
  readonly actor?: string
  readonly at?: string
  readonly pool?: string
}

/** Every scenario begins here. */
export const begin: Millis = parseTime('2020-03-12T10:00:00Z')

export const emptyWorld: World = { pool: emptyPool('main'), events: [], clock: begin, sent: [] }

const services: { readonly [K in CommandType]?: string } = {
  CallMargin: 'margin',
  CloseCall: 'margin',
  StartLiquidation: 'liquidator',
  EndLiquidation: 'liquidator',
  Deleverage: 'liquidator',
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
export const bulkParts = (pool: Pool): { readonly pool: Pool; readonly events: readonly LedgerEvent[] } => {
  const events: LedgerEvent[] = []
  let state = pool
  // Each part does one entry at the least, and then comes the end.
  let most = (pool.bulk?.entries ?? 0) + 1
  for (let part: Decided | undefined = processBulk(state); part !== undefined; part = processBulk(state)) {
    if (most === 0) throw new Error(`bulk ${state.bulk?.id} does not end`)
    most -= 1
    events.push(...part.events)
    state = part.pool
  }
  return { pool: state, events }
}

/** One command through the ledger, and the bulk it may begin, to its end. */
export const send = (world: World, command: Command): World => {
  const processed = process(world.pool, command, world.clock)
  if (processed.tag !== 'decided') return { ...world, sent: [...world.sent, { command, processed, events: [] }] }
  const rest = bulkParts(processed.pool)
  const events = [...processed.events, ...rest.events]
  return {
    ...world,
    pool: rest.pool,
    events: [...world.events, ...events],
    sent: [...world.sent, { command, processed, events }],
  }
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
    return { ...after, sent: after.sent.map((sent, i) => (i < world.sent.length ? sent : { ...sent, mayFail: true })) }
  }

/** Whether the ledger did what was asked. */
export const isAccepted = ({ processed }: Sent): boolean =>
  processed.tag === 'decided' && processed.rejection === undefined

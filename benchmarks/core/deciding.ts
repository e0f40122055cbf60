import { decodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { type Row, say } from '../table/row'
import { timed_us } from './clock'
import { asRead, newCore } from './either-core'
import { houseOf, loadOf } from './house'

/** So many commands, or events, between two looks at the clock: what is compared is measured in turns. */
const stride = 500

const parse = (stored: readonly Stored[]): number =>
  timed_us(() => {
    for (const { body } of stored) JSON.parse(body)
  })

/** Deciding and sealing against `JSON.parse` of what was made; the history on the way. The first third warms up. */
const deciding = (accounts: number, commands: number): { readonly row: Row; readonly history: readonly Stored[] } => {
  say(`deciding, ${accounts} accounts`)
  const core = newCore()
  const history = houseOf(accounts, accounts * 20).flatMap((line) => core.decide(line).map(asRead))
  const load = loadOf(accounts, commands)
  let [decided, parsed, events] = [0, 0, 0]
  for (let from = 0; from < load.length; from += stride) {
    const lines = load.slice(from, from + stride)
    const decidedNow: LedgerEvent[] = []
    const took = timed_us(() => {
      for (const line of lines) for (const event of core.decide(line)) decidedNow.push(event)
    })
    const made = decidedNow.map(asRead)
    const bare = parse(made)
    history.push(...made)
    if (from < load.length / 3) continue
    decided += took
    parsed += bare
    events += made.length
  }
  const row: Row = {
    id: `decide-${accounts}`,
    what: `decided and sealed, ${accounts.toLocaleString('en')} accounts`,
    figure: decided / events,
    unit: 'us an event',
    baseline: { what: 'JSON.parse of it', figure: parsed / events },
    goal: { of: 'ratio', is: 'at least', value: 0.35 },
  }
  return { row, history }
}

const read = (stored: Stored) => {
  const event = decodeEvent(stored)
  if (event._tag === 'Left') throw new Error(event.left)
  return event.right
}

/** Reading, folding, and following with everybody judged, each from the text on, against `JSON.parse` of it. */
const folding = (accounts: number, history: readonly Stored[]): readonly Row[] => {
  say(`folding, ${accounts} accounts, ${history.length} events`)
  const [folded, followed] = [newCore(), newCore()]
  const sums = { parse: 0, scan: 0, fold: 0, follow: 0 }
  let events = 0
  for (let from = 0; from < history.length; from += stride) {
    const some = history.slice(from, from + stride)
    const took = {
      parse: parse(some),
      scan: timed_us(() => some.forEach((stored) => void read(stored))),
      fold: timed_us(() => some.forEach((stored) => void folded.fold(read(stored)))),
      follow: timed_us(() => some.forEach((stored) => void followed.follow(read(stored)))),
    }
    if (from < history.length / 3) continue
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += took[key]
    events += some.length
  }
  const row = (id: 'scan' | 'fold' | 'follow', what: string, least?: number): Row => ({
    id: `${id}-${accounts}`,
    what: `${what}, ${accounts.toLocaleString('en')} accounts`,
    figure: sums[id] / events,
    unit: 'us an event',
    baseline: { what: 'JSON.parse of it', figure: sums.parse / events },
    ...(least === undefined ? {} : { goal: { of: 'ratio', is: 'at least', value: least } }),
  })
  return [
    row('scan', 'read and checked', 1),
    row('fold', 'read and folded', 0.6),
    row('follow', 'read, folded, and everybody judged'),
  ]
}

/** A process takes three times as long for what it decides first, and goes on becoming quicker for some 40,000 commands. */
const warmUp = (): void => {
  say('warming up')
  const core = newCore()
  for (const line of [...houseOf(200, 4_000), ...loadOf(200, 60_000)]) void core.decide(line)
}

/** Deciding and folding over a calm day, for each number of accounts, by a process that is warm. */
export const measure = (accounts: readonly number[], commands: number): readonly Row[] => {
  if (accounts.length > 0) warmUp()
  return accounts.flatMap((count) => {
    const { row, history } = deciding(count, commands)
    return [row, ...folding(count, history)]
  })
}

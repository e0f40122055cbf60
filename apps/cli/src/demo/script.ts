import { type Command, canonicalJson, formatTime, sha256 } from '@novation/events'
import type { Asked } from '../run/command-lines'
import { type Day, type Listed, type Moment, priceOf } from './day'
import { openHouse, type Wish, wish } from './house'
import { randomOf } from './random'
import { actionsOf, plansOf } from './traders'

export const demoPool = 'main'

/** A whole demo: everything that is asked from outside, in order. */
export interface Script {
  /** Names the demo: the same day, seed and number of accounts. Every command's id begins with it. */
  readonly name: string
  readonly moments: number
  readonly commands: number
  readonly lines: AsyncIterable<readonly Asked[]>
}

const funding_ms = 8 * 3_600_000

/** The future is settled this far into the day: in the made one, in the middle of the night's fall. */
const expiresAt = 0.9345

const publish = (moment: Moment, listed: Listed): Wish =>
  wish('oracle', 'PublishPrice', { instrument: listed.instrument, price: priceOf(moment, listed) })

/** Longs pay while the market rises and are paid while it falls: a hundredth of the move since the last time, at most 0.3 %. */
const payFunding = (listed: Listed, now: Moment, before: Moment): Wish => {
  const { instrument } = listed
  const move = Number(priceOf(now, listed)) / Number(priceOf(before, listed)) - 1
  return wish('oracle', 'PayFunding', { instrument, rate: Math.min(0.003, Math.max(-0.003, move / 100)).toFixed(6) })
}

const crosses = (before: Moment, now: Moment): boolean =>
  Math.floor(before.at / funding_ms) < Math.floor(now.at / funding_ms)

/** Everything that is asked at each moment: prices first, so that all else is decided on fresh ones. */
function* wishesOf(day: Day, accounts: number, seed: number): Generator<readonly [Moment, readonly Wish[]]> {
  const { market, moments, calmUntil } = day
  const { future } = market
  const perpetuals = [market.lead, market.second, market.third]
  const expires = Math.floor(moments.length * expiresAt)
  const plans = plansOf(randomOf(seed), accounts, moments.length, calmUntil, expires)
  const actions = actionsOf(plans, day)
  const expiry = moments[expires]
  let paid: Moment | undefined
  for (const [index, moment] of moments.entries()) {
    if (index === 0) yield [moment, openHouse(day, accounts, formatTime(expiry?.at ?? moment.at))]
    const last = moments[index - 1]
    paid ??= moment
    yield [
      moment,
      [
        ...perpetuals.map((listed) => publish(moment, listed)),
        ...(index < expires ? [publish(moment, future)] : []),
        ...(index === expires
          ? [
              wish('operator', 'SettleInstrument', {
                instrument: future.instrument,
                price: priceOf(moment, future),
              }),
            ]
          : []),
        ...(last !== undefined && crosses(last, moment)
          ? perpetuals.map((listed) => payFunding(listed, moment, paid ?? moment))
          : []),
        ...(actions.get(index) ?? []),
      ],
    ]
    if (last !== undefined && crosses(last, moment)) paid = moment
  }
}

/** So many moments are decided before what they made is written, if it has not been by then. */
const batchSize = 20

async function* linesOf(
  name: string,
  moments: Iterable<readonly [Moment, readonly Wish[]]>,
): AsyncIterable<readonly Asked[]> {
  let line = 0
  let batch: Asked[] = []
  let passed = 0
  for (const [{ at }, wishes] of moments) {
    for (const { actor, type, data } of wishes) {
      line += 1
      const command = { id: `${name}-${line}`, type, pool: demoPool, at: formatTime(at), actor, data } as Command
      batch.push({ line, command })
    }
    passed += 1
    if (passed % batchSize !== 0) continue
    yield batch
    batch = []
  }
  yield batch
}

/** What comes before the first moment of the market, at its time. */
function* after(
  beginning: readonly Wish[],
  moments: Iterable<readonly [Moment, readonly Wish[]]>,
): Generator<readonly [Moment, readonly Wish[]]> {
  let before = beginning
  for (const [moment, wishes] of moments) {
    yield [moment, [...before, ...wishes]]
    before = []
  }
}

/**
 * The script of a demo: a function of the day, the number of accounts and the seed, and of what comes before all of it
 * (`beginning`), and of nothing else.
 */
export const scriptOf = (day: Day, accounts: number, seed: number, beginning: readonly Wish[] = []): Script => {
  const begun = beginning.length === 0 ? {} : { beginning }
  const digest = sha256(canonicalJson({ accounts, seed, moments: day.moments, ...begun }))
  const name = `demo-${digest.slice(0, 12)}`
  const wishes = () => after(beginning, wishesOf(day, accounts, seed))
  let commands = 0
  for (const [, each] of wishes()) commands += each.length
  return { name, moments: day.moments.length, commands, lines: linesOf(name, wishes()) }
}

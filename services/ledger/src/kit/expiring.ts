import { type Book, process as decide, emptyPool } from '@novation/clearing'
import {
  type Command,
  type CommandData,
  type CommandType,
  encodeEvent,
  formatTime,
  type Stored,
  streamOf,
  usualModel,
} from '@novation/events'
import { type EventStore, type Scheduler, systemScheduler } from '@novation/platform'

const begins = Date.parse('2026-03-02T08:00:00Z')
const expires = begins + 30 * 86_400_000
const expiry = formatTime(expires)
/** From then on its price is known. */
const fixed_ms = expires + 60_000
/** Time stands still there: nothing else falls due. */
export const standing: Scheduler = { ...systemScheduler, now: () => fixed_ms }

const series = [
  { instrument: 'C-56', strike: '56000', optionType: 'call' },
  { instrument: 'P-56', strike: '56000', optionType: 'put' },
  { instrument: 'C-64', strike: '64000', optionType: 'call' },
  { instrument: 'P-64', strike: '64000', optionType: 'put' },
] as const
export const seriesIds: readonly string[] = series.map(({ instrument }) => instrument)

/** What the clock asks once the price is known; a ledger that leads asks it by itself, and leads from the first command it is given. */
export const settling: Command = {
  id: 'settle',
  pool: 'main',
  type: 'SettleExpiry',
  actor: 'clock',
  at: formatTime(fixed_ms),
  data: { underlying: 'BTC', expiry },
}

const model: CommandData<'SetRiskModel'> = {
  underlying: 'BTC',
  ...usualModel,
  spot: { range: '0.16', steps: 2, tails: ['0.5', '2'], tailFactor: '0.77' },
}

const batch = 2_000

/**
 * Writes the history of a pool up to where an expiry has its price: pairs of accounts that have dealt with each other in each of four
 * series, at prices and in sizes that come to no whole units, until there are so many positions. Answers the pool.
 */
export const writeExpiring = async (store: EventStore, positions: number): Promise<Book> => {
  const book = emptyPool('main')
  let now = begins
  let [sent, waiting]: [number, Stored[]] = [0, []]

  const append = async (): Promise<void> => {
    const [first, ...rest] = waiting
    if (first === undefined) return
    const outcome = await store.append(streamOf('main'), [first, ...rest], first.revision - 1)()
    if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
    waiting = []
  }
  const ask = async <K extends CommandType>(type: K, data: CommandData<K>, actor = 'operator'): Promise<void> => {
    sent += 1
    const command = { id: `c${sent}`, pool: 'main', type, actor, at: formatTime(now), data } as unknown as Command
    const outcome = decide(book, command, now)
    if (outcome.tag !== 'decided' || outcome.rejection !== undefined)
      throw new Error(`${type} is not done: ${JSON.stringify(outcome).slice(0, 300)}`)
    waiting.push(...outcome.events.map((event) => encodeEvent(event)))
    if (waiting.length >= batch) await append()
  }

  await ask('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
  await ask('RegisterAsset', { asset: 'BTC', decimals: 8 })
  await ask('SetPoolParameters', { twap_s: 180, longest_s: 600 })
  await ask('SetRiskModel', model)
  await ask('PublishPrice', { asset: 'BTC', price: '60000' })
  await ask('PublishForward', { underlying: 'BTC', expiry, price: '60100' })
  await ask('PublishVolatility', { underlying: 'BTC', expiry, points: [{ strike: '60000', volatility: '0.6' }] })
  for (const of of series)
    await ask('ListInstrument', {
      ...of,
      kind: 'option',
      settlementAsset: 'USD',
      underlying: 'BTC',
      expiry,
      lot: '0.0001',
    })
  for (let pair = 0; pair * 2 * series.length < positions; pair += 1) {
    const both = [`a${2 * pair}`, `a${2 * pair + 1}`] as const
    for (const account of both) {
      await ask('OpenAccount', { account })
      await ask('Deposit', { account, asset: 'USD', amount: '1000000' })
    }
    for (const [i, { instrument }] of series.entries()) {
      const mark = book.instruments.get(instrument)?.price
      if (mark === undefined) throw new Error(`${instrument} has no mark`)
      const [buyer, seller] = (pair + i) % 2 === 0 ? both : [both[1], both[0]]
      const quantity = `0.${String(1 + ((pair * 37 + i * 11) % 9999)).padStart(4, '0')}`
      await ask('ClearTrade', { trade: `t${sent}`, instrument, quantity, price: prices[i] ?? '1', buyer, seller })
    }
  }
  for (now = expires - 4 * 60_000; now <= expires; now += 60_000)
    await ask('PublishPrice', { asset: 'BTC', price: (60_000 + ((now / 60_000) % 7) * 731.37).toFixed(2) })
  now = fixed_ms
  await ask('PassTime', {}, 'clock')
  await append()
  return book
}

/** What they are dealt in at: within a bound of the marks, and to the last digit. */
const prices = ['6412.33333333', '2310.11111111', '2620.77777777', '6499.12345678']

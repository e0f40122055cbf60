import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from '@novation/clearing'
import { format, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import { folderShelf, openEmbeddedStore, openProver, type RecordedEvent } from '@novation/platform'
import { runScript } from '@novation/testing'
import { foldHistory } from './history'
import { seriesIds, settling, standing, writeExpiring } from './kit/expiring'
import { openLedger } from './writer'

/** Eight a pair of accounts. `npm run test:expiry` settles 100,000. */
const positions = Number(process.env.NOVATION_POSITIONS ?? 504)

const folder = mkdtempSync(join(tmpdir(), 'novation-expiry-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const withStore = async <A>(work: (store: ReturnType<typeof openEmbeddedStore>) => Promise<A>): Promise<A> => {
  const store = openEmbeddedStore(folder)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const places = 18

/** A decimal as a whole number of units of 1e-18: exact, and by other means than the house has. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole + fraction.padEnd(places, '0'))
  return text.startsWith('-') ? -size : size
}

const cent = 10n ** BigInt(places - 2)
/** Down to whole cents. */
const floored = (amount: bigint): bigint => amount - (((amount % cent) + cent) % cent)

/** What each account has paid for what it holds, and holds, by the trades that were recorded. */
const dealt = (events: readonly LedgerEvent[]) => {
  const held = new Map<string, Map<string, { quantity: bigint; paid: bigint }>>()
  const add = (account: string, instrument: string, quantity: bigint, paid: bigint): void => {
    const own = held.get(account) ?? new Map()
    const before = own.get(instrument) ?? { quantity: 0n, paid: 0n }
    own.set(instrument, { quantity: before.quantity + quantity, paid: before.paid + paid })
    held.set(account, own)
  }
  for (const { type, data } of events) {
    if (type !== 'TradeCleared') continue
    const [quantity, price] = [units(data.quantity), units(data.price)]
    const paid = (quantity * price) / 10n ** BigInt(places)
    add(data.buyer, data.instrument, quantity, paid)
    add(data.seller, data.instrument, -quantity, -paid)
  }
  return held
}

const payoff = (id: string, price: bigint): bigint => {
  const [type = '', thousands = ''] = id.split('-')
  const over = price - units(`${thousands}000`)
  const worth = type === 'C' ? over : -over
  return worth > 0n ? worth : 0n
}

const cashOf = (pool: Pool, account: string): bigint =>
  units(format(pool.accounts.get(account)?.balances.get('USD') ?? zero))

const dustOf = ({ dust }: Pool): bigint => units(format(dust.balances.get('USD') ?? zero))

const isSettled = ({ instruments, bulk }: Pool): boolean =>
  bulk === undefined && seriesIds.every((id) => instruments.get(id)?.settled)

describe(`an expiry of ${positions} option positions, killed with -9 in the middle and finished`, () => {
  it('is one bulk, and brings everybody what his own positions come to, to the cent, and nobody anything else', async () => {
    const before = await withStore((store) => writeExpiring(store, positions))
    const held = [...before.accounts.values()].reduce((count, of) => count + of.positions.size, 0)
    expect(held).toBe(positions)
    const killed = runScript(join(__dirname, 'expiry.script.ts'), folder, String(Math.ceil(positions / 500)))
    expect(await killed.ended).toBe('SIGKILL')
    const midway = await withStore((store) => foldHistory(store, 'main'))
    expect(midway?.bulk?.what).toBe('expiry')
    await withStore(async (store) => {
      const ledger = await openLedger('main', store, standing, new AbortController().signal)
      const answered = await ledger.submit([settling])
      expect(answered.length).toBe(1)
      while (!isSettled(ledger.pool()) || ledger.durable() < ledger.pool().revision) await standing.sleep(5)
    })

    const recorded: RecordedEvent[] = []
    await withStore(async (store) => {
      for await (const event of store.read('ledger-main', 0)) recorded.push(event)
    })
    const events = recorded.map(({ body }) => JSON.parse(body) as LedgerEvent)
    const started = events.findIndex(({ type }) => type === 'BulkStarted')
    const bulk = events.slice(started, events.findIndex(({ type }) => type === 'BulkEnded') + 1)
    expect(events.filter(({ type }) => type === 'BulkStarted').length).toBe(1)
    expect(new Set(bulk.map(({ type }) => type))).toEqual(new Set(['BulkStarted', 'ExpirySettled', 'BulkEnded']))

    const left = bulk.flatMap(({ type, data }) => (type === 'ExpirySettled' ? data.positions : []))
    expect(left.length).toBe(positions)
    expect(new Set(left.map(({ account, instrument }) => `${account} ${instrument}`)).size).toBe(positions)
    for (const { postings } of bulk) {
      const sums = new Map<string, bigint>()
      for (const { asset, amount } of postings) sums.set(asset, (sums.get(asset) ?? 0n) + units(amount))
      expect([...sums.values()].filter((sum) => sum !== 0n)).toEqual([])
    }

    const after = await withStore((store) => foldHistory(store, 'main'))
    if (after === undefined) throw new Error('nothing is recorded')
    const [fixing] = events.flatMap(({ type, data }) => (type === 'ExpiryFixed' ? [units(data.price)] : []))
    const all = dealt(events)
    let dust = 0n
    for (const [account, own] of all) {
      let brought = 0n
      for (const [id, { quantity, paid }] of own)
        brought += (quantity * payoff(id, fixing ?? 0n)) / 10n ** BigInt(places) - paid
      expect([account, cashOf(after, account) - cashOf(before, account)]).toEqual([account, floored(brought)])
      expect(after.accounts.get(account)?.positions.size).toBe(0)
      dust += brought - floored(brought)
    }
    expect(dustOf(after) - dustOf(before)).toBe(dust)
    expect(isSettled(after)).toBe(true)

    const prover = await openProver(folderShelf(join(folder, 'elsewhere')), 'main', Number.MAX_SAFE_INTEGER)
    expect((await prover.take(recorded, recorded.length - 1)).reached).toBe(recorded.length - 1)
  }, 1_200_000)
})

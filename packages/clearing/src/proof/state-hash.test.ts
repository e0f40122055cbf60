import { integer, one, zero } from '@novation/decimal'
import { canonicalJson, type IndexTerms } from '@novation/events'
import { bent, curve, forward, optionMarket, prepare, surface } from '../kit'
import { crash, variety } from '../kit/histories'
import { bind } from '../state/bindings'
import type { Book } from '../state/book'
import { type Filled, type Identity, newIdentity } from '../state/identity'
import { judge } from '../state/judge'
import {
  type DepthNow,
  type IndexNow,
  type IndexOf,
  indexOf,
  type LastObservation,
  type LastQuote,
  newOracle,
  type Oracle,
  type PriceWindow,
} from '../state/oracle'
import type { Asset, Instrument } from '../state/pool'
import { windowName } from '../state/price-window'
import { bookOf } from './restore'
import { stateForm } from './state-form'
import { stateHash } from './state-hash'

const key = { actor: 'operator:anna', key: 'ed25519:A', since: 1, from: 2, by: ['ed25519:B'], revokedAt: 3 }

const quoted: IndexTerms = {
  index: 'BTC-USD',
  base: 'BTC',
  currency: 'USD',
  places: 2,
  sources: [{ source: 's1', weight: 2, currency: 'USDT' }],
  quorum: 3,
  conversions: { USDT: 'USDT-USD' },
  band: { index: 'ETH-USD', low: '1', high: '2' },
  freshness_ms: 30_000,
  tolerance_ms: 60_000,
  deviation: '0.05',
  confirm_ms: 3000,
  confirmMost_ms: 300_000,
  conversionSpread: '0.01',
  slow_ms: 15_000,
  off: '0.005',
  offSpreads: '5',
  offShare: '0.01',
  epoch_ms: 3_600_000,
}

/** Beside all else, options on what has a model, a smile by numbers and one by points, and a curve. */
const optioned = prepare(variety, [
  optionMarket,
  curve([{ days: 30, discount: '0.99' }]),
  forward('102', { expiry: '2020-04-30T10:00:00Z' }),
  surface({ expiry: '2020-04-30T10:00:00Z', svi: { a: '0.02', b: '0.15', rho: '-0.4', m: '0.05', sigma: '0.3' } }),
])

/** A pool in which every field of the state is there, a bulk and identity among them. */
const full = bent(optioned.pool, (book) => {
  const identity = newIdentity({ domain: 'd0', development: false, since: 3 })
  book.set<Book, 'identity'>(book, 'identity', identity)
  bind(book, identity, key)
  book.put<Identity, Filled>(identity, 'fills', 'a1b2', { filled: integer(2), until: 7 })
  book.set<Identity, 'sweptAt'>(identity, 'sweptAt', 6)
  book.put<Identity, number>(identity, 'cancelled', 'alice/o-1', 8)
  for (const account of book.accounts.values())
    book.set(account, 'consent', { now: 'withdrawals', later: { consent: 'venue', from: 5 } })
  for (const instrument of book.instruments.values())
    book.set(instrument, 'former', [{ was: instrument.margin, until: 8 }])
  for (const asset of book.assets.values()) book.set(asset, 'former', [{ was: one, until: 9 }])
  const oracle = newOracle()
  book.set<Book, 'oracle'>(book, 'oracle', oracle)
  book.put<Oracle, IndexOf>(oracle, 'terms', 'BTC-USD', indexOf(quoted))
  book.put<Oracle, IndexNow>(oracle, 'indices', 'BTC-USD', {
    price: { price: integer(9), slow: integer(8), observedAt: 3, confidence: one },
    held: { price: integer(5), observedAt: 4, why: 'band' },
    suspended: ['s1'],
    halved: ['s2'],
    tally: { epoch: 1, rounds: 2, scores: [{ source: 's1', rounds: 2, off: 1 }] },
  })
  const last = { currency: 'USDT', price: integer(9), at: 3, confidence: one, digest: 'c3' }
  book.put<Oracle, LastQuote>(oracle, 'quotes', 'BTC/s1', last)
  const covered = { to: 5, covered_ms: 4, integral: integer(36) }
  const window = { index: 'BTC-USD', from: 1, window_ms: 6, until: 9, covered }
  book.put<Oracle, PriceWindow>(oracle, 'windows', windowName(window), window)
  book.put<Oracle, number>(oracle, 'equivocated', 'BTC/s1', 3)
  const levels = [{ bps: 10, bid: integer(2), ask: one }]
  book.put<Oracle, LastObservation>(oracle, 'observations', 'BTC/s1/depth', { at: 3, levels })
  book.put<Oracle, DepthNow>(oracle, 'depths', 'BTC-USD', { said: levels, seen: [{ at: 3, levels }] })
  for (const instrument of book.instruments.values()) {
    book.set<Instrument, 'index'>(instrument, 'index', 'BTC-USD')
    book.set<Instrument, 'settlement'>(instrument, 'settlement', { twap_s: 60, longest_s: 120 })
    if (instrument.price !== undefined)
      book.set<Instrument, 'price'>(instrument, 'price', { ...instrument.price, slow: integer(8) })
  }
  for (const asset of book.assets.values()) book.set<Asset, 'index'>(asset, 'index', 'BTC-USD')
  book.set<Book, 'bulk'>(book, 'bulk', {
    id: 'loss:9',
    what: 'loss',
    instrument: 'BTC-PERP',
    price: one,
    totals: { loss: integer(3), profits: integer(4), uncovered: zero },
    entries: 2,
    remaining: [{ account: 'alice', amount: integer(-2), from: 'haircut' }],
    command: { id: 'c', actor: 'insurance', correlationId: 'x', causationId: 'y' },
  })
})

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const another = (leaf: Json): Json => {
  if (typeof leaf === 'number') return leaf + 1
  if (typeof leaf === 'boolean') return !leaf
  return /^-?\d/.test(String(leaf)) ? '987654321' : `${leaf}x`
}

/** Every JSON value that differs from this one in a single leaf, with where that is. */
const variations = (json: Json, path = ''): readonly (readonly [string, Json])[] => {
  if (Array.isArray(json))
    return json.flatMap((item, i) =>
      variations(item, `${path}[${i}]`).map(([at, other]) => [at, json.with(i, other)] as const),
    )
  if (typeof json === 'object' && json !== null)
    return Object.entries(json).flatMap(([key, value]) =>
      variations(value, `${path}.${key}`).map(([at, other]) => [at, { ...json, [key]: other }] as const),
    )
  return [[path, another(json)]]
}

/** The hash of the state that is read; nothing where there can be none like that. */
const hashOf = (json: Json): string | undefined => {
  try {
    return stateHash(bookOf(stateForm.read(json as never)))
  } catch {
    return undefined
  }
}

describe('the state hash', () => {
  const written = JSON.parse(canonicalJson(stateForm.write(full))) as Json
  const hash = stateHash(full)

  it('is of a state that is read as it was written', () => expect(hashOf(written)).toBe(hash))

  it('differs when anything in the state differs', () => {
    const all = variations(written)
    expect(all.length).toBeGreaterThan(200)
    const same = all.filter(([, other]) => hashOf(other) === hash)
    expect(same.map(([at]) => at)).toEqual([])
  })

  it('names every field of the pool but what is derived, what the chain proves, and what the program is', () => {
    const beside = ['outcomes', 'trades', 'owners', 'parts', 'verify', 'standing', 'holders', 'unjudged']
    const houses = Object.entries(full).flatMap(([key, value]) => (value?.kind === 'house' ? [key] : []))
    expect(Object.keys(stateForm.write(full) as object).sort()).toEqual(
      Object.keys(full)
        .filter((key) => ![...beside, ...houses].includes(key))
        .sort(),
    )
  })

  it('does not depend on the order in which anything was filled', () => {
    const state = stateForm.read(written as never)
    const reversed = {
      ...state,
      accounts: new Map([...state.accounts].reverse()),
      assets: new Map([...state.assets].reverse()),
      instruments: new Map([...state.instruments].reverse()),
    }
    expect(stateHash(bookOf(reversed))).toBe(hash)
  })

  it('does not depend on what is derived', () => {
    const unjudged = bookOf(stateForm.read(written as never))
    expect(stateHash(unjudged)).toBe(hash)
    expect(stateHash(judge(unjudged))).toBe(hash)
  })

  // Whoever changes a rule, or how the state is written, sees it here: a new decider or a new reducer then (protocol 21).
  it('of fixed histories is what it was', () => {
    expect([variety.pool.revision, stateHash(variety.pool)]).toEqual([
      56,
      '515d7aced2ce66efceabc3ea5709314df4081566e9489fe4959a9a544ad43163',
    ])
    expect([crash.pool.revision, stateHash(crash.pool)]).toEqual([
      336,
      '70b701589c29be5815068b242b5c3206e1e9716ed010c2ed15f97da523e54f19',
    ])
  })
})

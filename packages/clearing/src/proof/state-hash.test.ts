import { integer, one, zero } from '@novation/decimal'
import { canonicalJson } from '@novation/events'
import { crash, variety } from '../kit/histories'
import { emptyPool, type Pool } from '../state/pool'
import { stateForm } from './state-form'
import { stateHash } from './state-hash'

/** A pool in which every field of the state is there, a bulk among them. */
const full: Pool = {
  ...variety.pool,
  bulk: {
    id: 'loss:9',
    what: 'loss',
    instrument: 'BTC-PERP',
    price: one,
    totals: { loss: integer(3), profits: integer(4), uncovered: zero },
    entries: 2,
    remaining: [{ account: 'alice', amount: integer(-2), from: 'haircut' }],
    command: { id: 'c', actor: 'insurance', correlationId: 'x', causationId: 'y' },
  },
}

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

describe('the state hash', () => {
  const written = JSON.parse(canonicalJson(stateForm.write(full))) as Json
  const hash = stateHash(full)

  it('is of a state that is read as it was written', () =>
    expect(stateHash({ ...full, ...stateForm.read(written as never) })).toBe(hash))

  it('differs when anything in the state differs', () => {
    const all = variations(written)
    expect(all.length).toBeGreaterThan(200)
    const same = all.filter(([, other]) => stateHash({ ...full, ...stateForm.read(other as never) }) === hash)
    expect(same.map(([at]) => at)).toEqual([])
  })

  it('names every field of the pool but what is derived, what the chain proves, and what the program is', () =>
    expect(Object.keys(stateForm.write(full) as object).sort()).toEqual(
      Object.keys(full)
        .filter((key) => !['outcomes', 'trades', 'parts', 'standing'].includes(key))
        .sort(),
    ))

  it('does not depend on the order in which anything was filled', () => {
    const reversed: Pool = {
      ...full,
      accounts: full.accounts.clear().concat([...full.accounts].reverse()),
      assets: full.assets.clear().concat([...full.assets].reverse()),
      instruments: full.instruments.clear().concat([...full.instruments].reverse()),
    }
    expect(stateHash(reversed)).toBe(hash)
  })

  it('does not depend on what is derived', () =>
    expect(stateHash({ ...full, standing: emptyPool('main').standing })).toBe(hash))

  // Whoever changes a rule, or how the state is written, sees it here: a new decider or a new reducer then (protocol 21).
  it('of fixed histories is what it was', () => {
    expect([variety.pool.revision, stateHash(variety.pool)]).toEqual([
      51,
      '299f074dd7bba0ccf67b7caaef3c51f521da202683868e888e42271662935c05',
    ])
    expect([crash.pool.revision, stateHash(crash.pool)]).toEqual([
      76,
      '3ba4d8481424094e0276738d894d43555ce3dc01e7e6d9d91b71afddc5c3deb0',
    ])
  })
})

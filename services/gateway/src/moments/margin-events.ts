import { type Account, type Asset, healthOf, type Instrument, type Pool, positionOf } from '@novation/clearing'
import { type EventType, type LedgerEvent, parseTime } from '@novation/events'
import type { Fact } from './last-told'

// By which events that was told of which the margin of an account is made.

/** By the name of a figure, what it comes from. */
type Facts = Readonly<Record<string, Fact>>

interface Collateral {
  readonly asset: string
  readonly facts: Facts
}

interface Position {
  readonly instrument: string
  readonly facts: Facts
}

const held = (name: string, asset?: string): Fact => ({
  name: `held ${name} ${asset ?? ''}`,
  words: [name],
  isToldBy: ({ postings }) =>
    postings.some((posting) => posting.account === name && (asset === undefined || posting.asset === asset)),
})

const told = (figure: string, types: readonly EventType[], of: 'asset' | 'instrument', id: string): Fact => ({
  name: `${figure} ${of} ${id}`,
  types,
  words: [id],
  isToldBy: ({ data }) => (data as Readonly<Record<string, unknown>>)[of] === id,
})

const isOfExpiry = ({ type, data }: LedgerEvent, { underlying, expiry }: Instrument): boolean =>
  type === 'ExpiryFixed' && data.underlying === underlying && expiry === parseTime(data.expiry)

/** Nobody tells the price of an option, but in the end what all of its expiry is settled at. */
const priceOf = (instrument: Instrument): Fact => {
  const { id, option, underlying } = instrument
  return {
    name: `price instrument ${id}`,
    types: option === undefined ? ['PriceTick', 'ExpiryFixed'] : ['ExpiryFixed'],
    words: [id, underlying],
    isToldBy: (event) => (event.type === 'PriceTick' ? event.data.instrument === id : isOfExpiry(event, instrument)),
  }
}

const factsOfAsset = ({ id, settlement }: Asset): Facts =>
  settlement
    ? {}
    : {
        price: told('price', ['PriceTick'], 'asset', id),
        terms: told('terms', ['AssetRegistered', 'AssetParametersSet'], 'asset', id),
      }

const factsOfInstrument = (instrument: Instrument): Facts => {
  const { id, option, fixed, fundedAt } = instrument
  return {
    ...(option === undefined || fixed ? { price: priceOf(instrument) } : {}),
    ...(fundedAt === undefined ? {} : { funding: told('funding', ['FundingPaid'], 'instrument', id) }),
    terms: told('terms', ['InstrumentListed', 'InstrumentParametersSet'], 'instrument', id),
  }
}

const collateralOf = ({ assets }: Pool, { name, balances }: Account): readonly Collateral[] =>
  [...balances.keys()].sort().map((id) => {
    const asset = assets.get(id)
    return { asset: id, facts: { held: held(name, id), ...(asset === undefined ? {} : factsOfAsset(asset)) } }
  })

const positionsOf = (pool: Pool, account: Account): readonly Position[] =>
  healthOf(pool, account).positions.map(({ instrument }) => ({
    instrument: instrument.id,
    facts: { held: held(positionOf(account.id, instrument.id)), ...factsOfInstrument(instrument) },
  }))

/** What is to be looked for of an account; nothing where there is none. */
export const marginFacts = (pool: Pool, id: string) => {
  const account = pool.accounts.get(id)
  return account && { account: id, collateral: collateralOf(pool, account), positions: positionsOf(pool, account) }
}

export type MarginFacts = NonNullable<ReturnType<typeof marginFacts>>

export const allFacts = ({ collateral, positions }: MarginFacts): readonly Fact[] =>
  [...collateral, ...positions].flatMap(({ facts }) => Object.values(facts))

/** The same with revisions instead of what was looked for, as it is answered. */
export const marginEvents = ({ account, collateral, positions }: MarginFacts, found: ReadonlyMap<string, number>) => {
  const revisions = (facts: Facts): Readonly<Record<string, number>> =>
    Object.fromEntries(
      Object.entries(facts).flatMap(([figure, { name }]) => {
        const revision = found.get(name)
        return revision === undefined ? [] : [[figure, revision]]
      }),
    )
  return {
    account,
    collateral: collateral.map(({ asset, facts }) => ({ asset, ...revisions(facts) })),
    positions: positions.map(({ instrument, facts }) => ({ instrument, ...revisions(facts) })),
  }
}

import { zero } from '@novation/decimal'
import type { Listed } from './listed'
import { FewMembers } from './membership'
import { trader } from './names'
import type { Account, Asset, House, Instrument, Owner, Position } from './pool'
import { newAccountStand, newAssetStand, newInstrumentStand } from './standing'
import { noEntries } from './table'

// Every field of a record is there from its beginning, so that all records of a kind have one shape.

export const newHouse = (name: string): House => ({ kind: 'house', name, balances: noEntries })

export type AssetTerms = Pick<Asset, 'id' | 'decimals' | 'haircut' | 'settlement' | 'cap' | 'coinShare' | 'index'>

export const newAsset = (
  { id, decimals, haircut, settlement, cap, coinShare, index }: AssetTerms,
  changed: number,
  { price, held, highs, former = [] }: Partial<Pick<Asset, 'price' | 'held' | 'highs' | 'former'>> = {},
): Asset => ({
  kind: 'asset',
  id,
  decimals,
  haircut,
  former,
  settlement,
  cap,
  coinShare,
  index,
  price,
  held,
  highs,
  holders: new Set(),
  awaiting: new Set(),
  stand: newAssetStand(changed),
})

export const newInstrument = (state: Listed, funding: House, changed: number): Instrument => ({
  id: state.id,
  kind: state.kind,
  multiplier: state.multiplier,
  lot: state.lot,
  margin: state.margin,
  option: state.option,
  former: state.former,
  liquidation: state.liquidation,
  gap: state.gap,
  marginFloor: state.marginFloor,
  underlying: state.underlying,
  expiry: state.expiry,
  settlement: state.settlement,
  state: state.state,
  since: state.since,
  delisting: state.delisting,
  expired: state.expired,
  fixed: state.fixed,
  settled: state.settled,
  index: state.index,
  price: state.price,
  held: state.held,
  fundingIndex: state.fundingIndex,
  fundedAt: state.fundedAt,
  openInterest: state.openInterest,
  holders: new Set(),
  funding,
  stand: newInstrumentStand(changed),
})

export const newOwner = (id: string): Owner => ({ kind: 'owner', id, accounts: new FewMembers() })

export const newAccount = (id: string, margin: Account['margin'], owner: Owner, changed: number): Account => ({
  kind: 'account',
  id,
  name: trader(id),
  margin,
  owner,
  balances: noEntries,
  principal: noEntries,
  unvalued: noEntries,
  gains: noEntries,
  positions: noEntries,
  taken: undefined,
  call: undefined,
  debit: undefined,
  paused: noEntries,
  liquidation: undefined,
  inDefault: undefined,
  liquidations: 0,
  owing: undefined,
  consent: undefined,
  stand: newAccountStand(changed),
})

export const newPosition = (name: string, account: Account, instrument: Instrument): Position => ({
  kind: 'position',
  name,
  account,
  instrument,
  quantity: zero,
  cash: zero,
  fundingIndex: zero,
  crowding: zero,
})

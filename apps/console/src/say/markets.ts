import type { Item } from '@novation/client'
import { exactly } from './amounts'
import { count } from './counts'
import { clock, moment } from './times'

export type Market = Item<'markets'>
export type Expiry = Market['expiries'][number]
export type MarkedOption = Expiry['options'][number]
export type Surface = NonNullable<Expiry['surface']>

/** An expiry as it is called: by its day, and by its time where that is not the usual one. */
export const dayOf = ({ expiry }: Pick<Expiry, 'expiry'>): string => moment(expiry).slice(0, 10)

/** What of a market is too old, by name. */
const oldIn = ({ price, curve, expiries }: Market): readonly string[] => [
  ...(price?.stale === true ? ['its price'] : []),
  ...(curve?.stale === true ? [`the curve ${curve.curve}`] : []),
  ...expiries.flatMap((expiry) => [
    ...(expiry.forward?.stale === true ? [`the forward of ${dayOf(expiry)}`] : []),
    ...(expiry.surface?.stale === true ? [`the volatility of ${dayOf(expiry)}`] : []),
  ]),
]

interface Said {
  readonly tone: 'well' | 'watched'
  readonly sentence: string
}

const watched = (sentence: string): Said => ({ tone: 'watched', sentence })

/** Whether options on an underlying can be dealt in, and by what they are marked: said before the figures. */
export const marketIn = (market: Market): Said => {
  const { underlying, price, asOf } = market
  const open = market.expiries.filter(({ fixing }) => fixing === undefined)
  if (open.length === 0) return { tone: 'well', sentence: `No expiry of ${underlying} is open.` }
  if (price === undefined) return watched(`${underlying} has no price yet, so no option on it has one.`)
  const held = open.find((expiry) => expiry.held !== undefined)
  if (held?.held !== undefined)
    return watched(
      `A forward of ${exactly(held.held.price)} for ${dayOf(held)} is held until another like it has come: options of that day are not dealt in.`,
    )
  const old = oldIn({ ...market, expiries: open })
  if (old.length > 0) return watched(`Options on ${underlying} are not dealt in: too old is ${old.join(', ')}.`)
  const lacking = open.filter(({ valued }) => valued === undefined)
  if (lacking.length > 0)
    return watched(`Not told yet: the forward or the volatility of ${lacking.map(dayOf).join(', ')}.`)
  return {
    tone: 'well',
    sentence: `Options on ${underlying} are marked by its price of ${exactly(price.price)} and by ${count(open.length, 'expiry', 'expiries')}, all of it fresh; they have decayed to ${clock(asOf)}.`,
  }
}

/** How volatility goes by strike, as it was told. */
export const shapeOf = ({ svi, points }: Surface): string =>
  svi === undefined
    ? (points ?? []).map(({ strike, volatility }) => `${exactly(volatility)} at ${exactly(strike)}`).join(', ')
    : `a ${svi.a}, b ${svi.b}, rho ${svi.rho}, m ${svi.m}, sigma ${svi.sigma}`

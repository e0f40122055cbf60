import type { Answer } from '@novation/client'
import { exactly, isNegative, isZero, less, readable } from './amounts'
import { moment } from './times'

type Margin = Answer<'margin'>
export type Position = Margin['positions'][number]
export type Portfolio = NonNullable<Margin['portfolio']>
export type Underlying = Portfolio['underlyings'][number]

/** What an option is: what it pays on, above or below what, and until when. */
export const termsOf = ({ underlying, optionType, strike, expiry }: NonNullable<Position['option']>): string =>
  `${optionType} at ${exactly(strike)} on ${underlying}, until ${moment(expiry)}`

const volatilities: Readonly<Record<string, string>> = {
  up: ', and its volatility up',
  down: ', and its volatility down',
  none: '',
  'skew-linear': ', and its volatilities bent',
  'skew-absolute': ', and its volatilities bent both ways',
}

const others: Readonly<Record<string, string>> = {
  basis: 'its forwards away from its price',
  minimum: 'no scenario: the least that is asked of such positions',
  none: 'nothing: it cannot lose',
}

/** The worst that is reckoned with for an underlying, in words. */
export const worstOf = ({ binding }: Pick<Underlying, 'binding'>): string => {
  const [move = '', volatility = ''] = binding.split(' ')
  const bent = volatilities[volatility]
  return bent === undefined ? (others[binding] ?? binding) : `its price at ${exactly(move)} of what it is${bent}`
}

/** How one requirement over all that an account holds comes about, said before its figures. */
export const requirementOf = ({
  maintenanceMargin,
  portfolio,
}: Pick<Margin, 'maintenanceMargin' | 'portfolio'>): string => {
  const [first, ...more] = portfolio?.underlyings ?? []
  if (portfolio === undefined || first === undefined) return 'Nothing is required of it.'
  const spared = isZero(portfolio.offset)
    ? ''
    : ` ${readable(portfolio.offset)} less, as not all of it happens at once.`
  const worst =
    more.length === 0
      ? `the worst for ${first.underlying} is ${worstOf(first)}.`
      : `the worst of each of ${more.length + 1} underlyings, below.`
  return `All of it together needs ${readable(maintenanceMargin)}: ${worst}${spared}`
}

/** What a position makes of the one requirement, and whether it adds to it or hedges. */
export const partOf = (portfolio: Portfolio, instrument: string): readonly [amount: string, word: string] => {
  const part = portfolio.contributions[instrument] ?? '0'
  if (isZero(part)) return [part, 'nothing']
  return isNegative(part) ? [part, `hedges ${readable(less('0', part))}`] : [part, `adds ${readable(part)}`]
}

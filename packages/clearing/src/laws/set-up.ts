import { decimal, divideFloor, format } from '@novation/decimal'
import { type Command, formatTime } from '@novation/events'
import { backstop } from '../state/names'
import type { Plan } from './arbitraries'
import { listOptions } from './optioned-play'

export const begin = Date.parse('2020-03-12T10:00:00Z')

export const cents = (amount: number): string => format(divideFloor(decimal(String(amount)), decimal('100'), 2))

export const names = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

export type Wish = Pick<Command, 'type' | 'data'>

const marginOf = ({ options }: Plan, i: number, isolated: boolean) => {
  if (isolated) return 'isolated'
  return options?.portfolios[i % options.portfolios.length] === true ? 'portfolio' : 'cross'
}

/** What is sent first: the house, its markets, and who is in it with how much. */
export const setUp = (plan: Plan): readonly Wish[] => [
  { type: 'RegisterAsset', data: { asset: 'USD', decimals: plan.places, settlement: true } },
  {
    type: 'RegisterAsset',
    data: {
      asset: 'COIN',
      decimals: 4,
      haircut: plan.haircut,
      ...(plan.cap === undefined ? {} : { cap: plan.cap }),
      ...(plan.coinShare === undefined ? {} : { coinShare: plan.coinShare }),
    },
  },
  { type: 'PublishPrice', data: { asset: 'COIN', price: '3.5' } },
  { type: 'SetPoolParameters', data: { ...plan.parameters, backstop } },
  ...plan.instruments.flatMap(({ at, expires, ...terms }, i): readonly Wish[] => [
    {
      type: 'ListInstrument',
      data: {
        ...terms,
        instrument: `I${i + 1}`,
        settlementAsset: 'USD',
        ...(plan.related && i > 0 ? { underlying: 'I1' } : {}),
        ...(expires === undefined
          ? { kind: 'perpetual' }
          : { kind: 'future', expiry: formatTime(begin + expires * 1000) }),
      },
    },
    { type: 'PublishPrice', data: { instrument: `I${i + 1}`, price: at } },
  ]),
  ...(plan.options === undefined ? [] : listOptions(plan.options, begin)),
  ...plan.members.flatMap(({ isolated, cash, coins, owner }, i): readonly Wish[] => [
    {
      type: 'OpenAccount',
      data: {
        account: `a${i + 1}`,
        margin: marginOf(plan, i, isolated),
        ...(owner === undefined ? {} : { owner: `o${owner}` }),
      },
    },
    ...(cash === 0
      ? []
      : [{ type: 'Deposit', data: { account: `a${i + 1}`, asset: 'USD', amount: cents(cash) } } satisfies Wish]),
    ...(coins === 0
      ? []
      : [{ type: 'Deposit', data: { account: `a${i + 1}`, asset: 'COIN', amount: String(coins) } } satisfies Wish]),
  ]),
  ...(plan.backstop === 0
    ? []
    : ([
        { type: 'OpenAccount', data: { account: backstop } },
        { type: 'Deposit', data: { account: backstop, asset: 'USD', amount: cents(plan.backstop) } },
      ] satisfies readonly Wish[])),
  ...(plan.fund === 0
    ? []
    : [{ type: 'FundInsurance', data: { asset: 'USD', amount: cents(plan.fund) } } satisfies Wish]),
  ...(plan.tranche === 0
    ? []
    : [
        {
          type: 'FundInsurance',
          data: { asset: 'USD', amount: cents(plan.tranche), tranche: 'skin-in-the-game' },
        } satisfies Wish,
      ]),
]

import { houseBalance, insurance, skinInTheGame } from '@novation/clearing'
import { format } from '@novation/decimal'
import { AmountText, Count, formatTime, Id, InstantText, open, PoolName, PoolParameters } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { read } from './read'

const SummaryForm = open(
  'Summary',
  {
    pool: PoolName,
    revision: Count,
    at: InstantText,
    frozen: t.boolean,
    accounts: Count,
    instruments: Count,
    marginCalls: Count,
    liquidations: Count,
    bankrupt: Count,
    insurance: AmountText,
    skinInTheGame: AmountText,
    losses: open('LossesSoFar', { insurance: AmountText, skinInTheGame: AmountText, socialized: AmountText }),
  },
  { settlementAsset: Id },
)

/** What can be said of a pool without looking at anybody in it. */
export const summary = read({
  path: '',
  seenBy: 'public',
  summary: 'How the pool stands, in a few figures',
  query: {},
  answers: SummaryForm,
  isList: false,
  isHeavy: false,
  read: ({ pool }) => {
    const { settlementAsset, losses } = pool
    const layer = (name: string): string => format(houseBalance(pool, name, settlementAsset ?? ''))
    return right({
      json: {
        pool: pool.name,
        revision: pool.revision,
        at: formatTime(pool.at),
        ...(settlementAsset === undefined ? {} : { settlementAsset }),
        frozen: pool.frozen,
        accounts: pool.accounts.size,
        instruments: pool.instruments.size,
        marginCalls: pool.calls.size,
        liquidations: pool.liquidations.size,
        bankrupt: pool.standing.bankrupt.size,
        insurance: layer(insurance),
        skinInTheGame: layer(skinInTheGame),
        losses: {
          insurance: format(losses.insurance),
          skinInTheGame: format(losses.skinInTheGame),
          socialized: format(losses.socialized),
        },
      },
    })
  },
})

export const parameters = read({
  path: '/parameters',
  seenBy: 'all',
  summary: 'What holds in the pool: every parameter, tabled defaults included',
  query: {},
  answers: PoolParameters,
  isList: false,
  isHeavy: false,
  read: ({ pool }) => right({ json: pool.parameters }),
})

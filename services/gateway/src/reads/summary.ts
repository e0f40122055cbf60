import { houseBalance, insurance, skinInTheGame } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { right } from 'fp-ts/Either'
import { read } from './read'

/** What can be said of a pool without looking at anybody in it. */
export const summary = read({
  path: '',
  seenBy: 'all',
  summary: 'How the pool stands, in a few figures',
  query: {},
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
  isList: false,
  isHeavy: false,
  read: ({ pool }) => right({ json: pool.parameters }),
})

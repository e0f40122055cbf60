import { alike } from '@novation/risk/kit'
import { adopted } from '../identity'
import { asAnna, carried, quote, setIndex, sources, withSources } from '../oracle'
import { list } from '../wishes'
import type { Wish } from '../world'
import { type Ladder, rung } from './ladder'

const index = { index: 'BTC-USD', quorum: 3, sources: alike(4) }
/** Converted by what is no index, of sources that are too few. */
const wrong = { ...index, quorum: 2, conversions: { EUR: 'EUR-USD' } }

const told = (data: object): Wish => ({ type: 'PublishPrice', data: data as { price: string } })
const zeroPrice = { price: '0', observedAt: '2020-03-13T10:00:00Z' }

const said = quote({ source: 's1', base: 'BTC', currency: 'USD', at: '2020-03-12T10:00:00.000Z', price: '100' })

export const oracleLadders: readonly Ladder[] = [
  {
    command: 'SetIndex',
    given: [],
    rungs: [
      rung('unknown-index', setIndex(wrong)),
      rung('not-adopted', setIndex({ ...index, quorum: 2 })),
      rung('bad-parameter', asAnna(setIndex({ ...index, quorum: 2 })), adopted),
      rung('accepted', asAnna(setIndex(index))),
    ],
  },
  {
    command: 'PublishQuotes',
    given: [withSources('s1', 's2', 's3', 's4'), asAnna(setIndex(index))],
    rungs: [
      rung('bad-parameter', carried(...Array.from({ length: 65 }, () => said))),
      rung('accepted', carried(...Array.from({ length: 64 }, () => said))),
    ],
  },
  {
    command: 'PublishPrice',
    given: [adopted, sources('s1'), asAnna(setIndex(index)), asAnna(list('X', { index: 'BTC-USD' }))],
    rungs: [
      rung('unknown-asset', asAnna(told({ instrument: 'X', asset: 'YYY', ...zeroPrice }))),
      rung('signed-prices-only', asAnna(told({ instrument: 'X', asset: 'USD', ...zeroPrice }))),
      rung('bad-parameter', asAnna(told({ instrument: 'BTC-PERP', asset: 'USD', ...zeroPrice }))),
    ],
  },
]

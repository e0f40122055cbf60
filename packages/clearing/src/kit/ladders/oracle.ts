import { alike } from '@novation/risk/kit'
import { adopted } from '../identity'
import { asAnna, carried, quote, setIndex, sources, withSources } from '../oracle'
import { after } from '../steps'
import { list, settle } from '../wishes'
import type { Wish } from '../world'
import { type Ladder, rung } from './ladder'

const index = { index: 'BTC-USD', quorum: 3, sources: alike(4) }
/** Converted by what is no index, of sources that are too few. */
const wrong = { ...index, quorum: 2, conversions: { EUR: 'EUR-USD' } }

const dated = { kind: 'future', expiry: '2020-03-12T11:00:00Z' } as const

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
    command: 'SettleInstrument',
    given: [
      withSources('s1', 's2', 's3', 's4'),
      asAnna(setIndex(index)),
      asAnna(list('S')),
      asAnna(settle('S', '100')),
      asAnna(list('F', { ...dated, index: 'BTC-USD', settlement: { twap_s: 60, longest_s: 120 } })),
    ],
    rungs: [
      rung('bad-parameter', asAnna({ type: 'SettleInstrument', data: { instrument: 'BTC-PERP' } })),
      rung('not-positive', asAnna(settle('F', '0'))),
      rung('not-expired', asAnna({ type: 'SettleInstrument', data: { instrument: 'F' } })),
      rung('not-covered', asAnna(settle('F', '90')), after('1 h')),
      rung('already-settled', asAnna(settle('S', '90'))),
      rung('accepted', asAnna(settle('F', '90')), after('60 s')),
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

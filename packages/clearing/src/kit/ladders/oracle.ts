import { alike } from '@novation/risk/kit'
import { adopted, registerKey, revokeKey } from '../identity'
import {
  asAnna,
  bond,
  carried,
  observation,
  observed,
  quote,
  release,
  report,
  setIndex,
  sources,
  withSources,
} from '../oracle'
import { after } from '../steps'
import { list, registerAsset, settle } from '../wishes'
import type { Wish } from '../world'
import { type Ladder, rung } from './ladder'

const index = { index: 'BTC-USD', quorum: 3, sources: alike(4) }
/** Converted by what is no index, of sources that are too few. */
const wrong = { ...index, quorum: 2, conversions: { EUR: 'EUR-USD' } }

const dated = { kind: 'future', expiry: '2020-03-12T11:00:00Z' } as const

const told = (data: object): Wish => ({ type: 'PublishPrice', data: data as { price: string } })
const zeroPrice = { price: '0', observedAt: '2020-03-13T10:00:00Z' }

const of = (source: string, price: string, at = '2020-03-12T10:00:00.000Z') =>
  quote({ source, base: 'BTC', currency: 'USD', at, price })
const said = of('s1', '100')
const late = observation({ source: 's1', base: 'BTC', currency: 'USD', at: said.at, kind: 'latency', ms: 35 })
const later = (price: string) => of('s1', price, '2020-03-12T10:00:01.000Z')

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
    command: 'PublishObservations',
    given: [withSources('s1', 's2', 's3', 's4'), asAnna(setIndex(index))],
    rungs: [
      rung('bad-parameter', observed(...Array.from({ length: 65 }, () => late))),
      rung('accepted', observed(...Array.from({ length: 64 }, () => late))),
    ],
  },
  {
    command: 'ReportEquivocation',
    given: [withSources('s1', 's2', 's3', 's4'), asAnna(setIndex(index)), asAnna(bond('s1', '10 USD'))],
    rungs: [
      rung('unknown-key', asAnna(report(of('s9', '1'), of('s9', '2')))),
      rung('no-equivocation', asAnna(report(said, said))),
      rung('nothing-due', asAnna(report(said, of('s1', '101'))), asAnna(report(said, of('s1', '102')))),
      rung('accepted', asAnna(report(later('1'), later('2'))), asAnna(bond('s1', '10 USD')), after('1 s')),
    ],
  },
  {
    command: 'BondSource',
    given: [withSources('s1'), asAnna(registerAsset('EUR', 2))],
    rungs: [
      rung('unknown-asset', asAnna(bond('s9', '0.001 XXX'))),
      rung('unknown-key', asAnna(bond('s9', '0.001 EUR'))),
      rung('not-settlement-asset', asAnna(bond('s1', '0.001 EUR'))),
      rung('too-many-places', asAnna(bond('s1', '0.001 USD'))),
      rung('not-positive', asAnna(bond('s1', '0 USD'))),
      rung('accepted', asAnna(bond('s1', '0.01 USD'))),
    ],
  },
  {
    command: 'ReleaseBond',
    given: [withSources('s1'), asAnna(registerAsset('EUR', 2)), asAnna(bond('s1', '10 USD'))],
    rungs: [
      rung('unknown-asset', asAnna(release('s1', '10.001 XXX'))),
      rung('not-settlement-asset', asAnna(release('s1', '10.001 EUR'))),
      rung('too-many-places', asAnna(release('s1', '10.001 USD'))),
      rung('not-positive', asAnna(release('s1', '0 USD'))),
      rung('insufficient-balance', asAnna(release('s1', '10.01 USD'))),
      rung('still-liable', asAnna(release('s1', '10 USD'))),
      rung('accepted', asAnna(release('s1', '10 USD')), asAnna(revokeKey('key-of-s1')), after('24 h')),
    ],
  },
  {
    command: 'SettleInstrument',
    given: [
      withSources('s1', 's2', 's3', 's4'),
      asAnna(registerKey('C clock'), 'C'),
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

import { carol } from '../people'
import { after } from '../steps'
import {
  assetParameters,
  delist,
  fund,
  funding,
  instrumentParameters,
  list,
  open,
  parameters,
  price,
  rates,
  registerAsset,
  setState,
  settle,
} from '../wishes'
import type { Wish } from '../world'
import { type Ladder, rung } from './ladder'

const future = { kind: 'future', expiry: '2020-03-12T11:00:00Z' } as const

/** Terms that no instrument may have. */
const wrong = { margin: rates('0.1', '0') }

/** A haircut raised as often as it may be before the first of that has had its notice. */
const rising = Array.from({ length: 16 }, (_, i) => assetParameters('EUR', { haircut: `0.${i + 10}` }))
const changing = Array.from({ length: 16 }, () => instrumentParameters('BTC-PERP', { margin: rates('0.2', '0.1') }))

const quote = (data: object): Wish => ({ type: 'PublishPrice', data: data as { price: string } })
const tomorrow = '2020-03-13T10:00:00Z'

export const marketLadders: readonly Ladder[] = [
  {
    command: 'RegisterAsset',
    given: [],
    rungs: [
      rung('unknown-index', registerAsset('BTC-PERP', 2, { settlement: true, haircut: '2', index: 'X-USD' })),
      rung('name-taken', registerAsset('BTC-PERP', 2, { settlement: true, haircut: '2' })),
      rung('bad-parameter', registerAsset('EUR', 2, { settlement: true, haircut: '2' })),
      rung('bad-parameter', registerAsset('EUR', 2, { haircut: '2' })),
      rung('accepted', registerAsset('EUR', 2, { haircut: '1' })),
    ],
  },
  {
    command: 'SetAssetParameters',
    given: [registerAsset('EUR', 1)],
    rungs: [
      rung('unknown-asset', assetParameters('XXX', { cap: '-0.01' })),
      rung('bad-parameter', assetParameters('EUR', { cap: '-0.01' })),
      rung('bad-parameter', assetParameters('EUR', { cap: '0.01' })),
      rung('bad-parameter', assetParameters('EUR', { haircut: '1.01' })),
      rung('bad-parameter', assetParameters('USD', { haircut: '0.1' })),
      rung('too-soon', assetParameters('EUR', { haircut: '0.9' }), ...rising),
      rung('accepted', assetParameters('EUR', { cap: '0.1' })),
    ],
  },
  {
    command: 'ListInstrument',
    given: [registerAsset('EUR', 2)],
    rungs: [
      rung('unknown-asset', list('BTC-PERP', { kind: 'option', settlementAsset: 'XXX', ...wrong })),
      rung('unknown-index', list('BTC-PERP', { kind: 'option', settlementAsset: 'EUR', index: 'X-USD', ...wrong })),
      rung('name-taken', list('BTC-PERP', { kind: 'option', settlementAsset: 'EUR', ...wrong })),
      rung('name-taken', list('EUR', { kind: 'option', settlementAsset: 'EUR', ...wrong })),
      rung('not-supported', list('X', { kind: 'swap', settlementAsset: 'EUR', ...wrong })),
      rung('bad-parameter', list('X', { settlementAsset: 'EUR', ...wrong })),
      rung('not-settlement-asset', list('X', { settlementAsset: 'EUR' })),
      rung('accepted', list('X')),
    ],
  },
  {
    command: 'SetInstrumentParameters',
    given: [list('S'), settle('S', '100')],
    rungs: [
      rung('unknown-instrument', instrumentParameters('XXX', wrong)),
      rung('bad-parameter', instrumentParameters('S', wrong)),
      rung('bad-parameter', instrumentParameters('S', { liquidation: { fee: '2' } })),
      rung('not-trading', instrumentParameters('S', { margin: rates('0.2', '0.1') })),
      rung('too-soon', instrumentParameters('BTC-PERP', { margin: rates('0.2', '0.1') }), ...changing),
      rung('accepted', instrumentParameters('BTC-PERP', { liquidation: { fee: '0.1' } })),
    ],
  },
  {
    command: 'SetInstrumentState',
    given: [list('S'), settle('S', '100'), setState('BTC-PERP', 'halted'), delist('BTC-PERP', '2020-03-14T10:00:00Z')],
    rungs: [
      rung('unknown-instrument', setState('XXX', 'open')),
      rung('bad-parameter', setState('S', 'open')),
      rung('bad-parameter', setState('BTC-PERP', 'halted')),
      rung('bad-parameter', setState('BTC-PERP', 'open')),
      rung('not-trading', setState('S', 'halted')),
      rung('accepted', setState('BTC-PERP', 'reduce-only')),
    ],
  },
  {
    command: 'DelistInstrument',
    given: [parameters({ notice_s: 86_400 }), list('S'), settle('S', '100'), list('F', future)],
    rungs: [
      rung('unknown-instrument', delist('XXX', '2020-03-13T09:59:59Z')),
      rung('bad-parameter', delist('S', '2020-03-13T09:59:59Z')),
      rung('bad-parameter', delist('F', '2020-03-13T10:00:00Z')),
      rung('not-trading', delist('S', '2020-03-13T10:00:00Z')),
      rung('accepted', delist('BTC-PERP', '2020-03-13T10:00:00Z')),
    ],
  },
  {
    command: 'SetPoolParameters',
    given: [],
    rungs: [
      rung('bad-parameter', parameters({ waterfall: { skinInTheGame: '-1' } })),
      rung('accepted', parameters({ waterfall: { skinInTheGame: '1' } })),
    ],
  },
  {
    command: 'OpenAccount',
    given: [open('alice')],
    rungs: [rung('account-exists', open('alice', 'isolated')), rung('accepted', open('bob'))],
  },
  {
    command: 'FundInsurance',
    given: [registerAsset('EUR', 1)],
    rungs: [
      rung('unknown-asset', fund('-0.001 XXX')),
      rung('not-settlement-asset', fund('-0.001 EUR')),
      rung('too-many-places', fund('-0.001 USD')),
      rung('not-positive', fund('-0.01 USD')),
      rung('not-positive', fund('0 USD')),
      rung('accepted', fund('0.01 USD')),
    ],
  },
  {
    command: 'PublishPrice',
    given: [list('S'), settle('S', '100')],
    rungs: [
      rung('unknown-instrument', quote({ instrument: 'XXX', asset: 'YYY', price: '0', observedAt: tomorrow })),
      rung('unknown-asset', quote({ instrument: 'S', asset: 'YYY', price: '0', observedAt: tomorrow })),
      rung('bad-parameter', quote({ instrument: 'S', asset: 'USD', price: '0', observedAt: tomorrow })),
      rung('not-positive', price('S', '0', tomorrow)),
      rung('not-positive', price('S', '-1', tomorrow)),
      rung('not-trading', price('S', '1', tomorrow)),
      rung('price-out-of-order', price('BTC-PERP', '1', tomorrow)),
      rung('accepted', price('BTC-PERP', '1')),
    ],
  },
  {
    command: 'PayFunding',
    given: [
      list('F', future),
      list('P'),
      settle('F', '100'),
      settle('P', '100'),
      parameters({ funding: { cap: '0.05', interval_s: 600 } }),
      price('BTC-PERP', '100'),
      funding('BTC-PERP', '0.01'),
      after('121 s'),
    ],
    rungs: [
      rung('unknown-instrument', funding('XXX', '0.06')),
      rung('not-supported', funding('F', '0.06')),
      rung('not-trading', funding('P', '0.06')),
      rung('beyond-band', funding('BTC-PERP', '0.06')),
      rung('beyond-band', funding('BTC-PERP', '-0.06')),
      rung('too-soon', funding('BTC-PERP', '0.01')),
      rung('stale-price', funding('BTC-PERP', '0.01'), after('600 s')),
      rung('accepted', funding('BTC-PERP', '0.01'), price('BTC-PERP', '100')),
    ],
  },
  {
    command: 'SettleInstrument',
    given: [
      carol.holds('1000 USD'),
      carol.bought('1 BTC-PERP at 100 from bob'),
      list('S'),
      settle('S', '100'),
      list('F', future),
      price('F', '100'),
      parameters({ settlementBand: '0.05' }),
    ],
    rungs: [
      rung('unknown-instrument', settle('XXX', '0')),
      rung('not-positive', settle('F', '0')),
      rung('not-expired', settle('F', '90')),
      rung('not-expired', settle('BTC-PERP', '95')),
      rung('already-settled', settle('S', '90')),
      rung('beyond-band', settle('BTC-PERP', '90'), after('20 min')),
      rung('accepted', settle('BTC-PERP', '95')),
    ],
  },
]

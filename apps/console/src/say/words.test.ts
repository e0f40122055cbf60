import type { Answer, Event } from '@novation/client'
import type { Row } from '../model/course'
import { isTelling, toneOf } from './bearing'
import { chaptersOf } from './chapters'
import { count, number } from './counts'
import { csvOf } from './csv'
import { distance } from './distance'
import { happened } from './happened'
import { groupsOf, lasting, named, valued } from './parameters'
import { findingsOf } from './search'
import { standingOf } from './standing'
import { clock, countdown, moment } from './times'
import { hurtIn, onlyIn, type Told, type WhatIf } from './what-if'

const summary = (more: object) =>
  ({
    settlementAsset: 'USD',
    insurance: '329595.5',
    skinInTheGame: '87080',
    bankrupt: 0,
    liquidations: 0,
    frozen: false,
    ...more,
  }) as Answer<'summary'>
const waterfall = (deficits: string, uncovered: string) => ({ deficits, uncovered }) as Answer<'waterfall'>

describe('how the house stands', () => {
  it('is short where accounts lack more than the layers hold, and says by how much first', () =>
    expect(standingOf(summary({ bankrupt: 171, frozen: true }), waterfall('441100.34', '24424.84'))).toEqual({
      tone: 'short',
      headline: 'Short by 24,424.84 USD',
      sentence:
        "171 accounts are below zero by 441,100.34; the fund holds 329,595.50, the operator's tranche 87,080.00. Withdrawals leave a part behind.",
    }))

  it('is watched where losses are covered, and where somebody is being liquidated', () => {
    expect(standingOf(summary({ bankrupt: 1 }), waterfall('5', '0'))).toMatchObject({
      tone: 'watched',
      headline: 'Every loss is covered',
      sentence: expect.stringContaining('1 account is below zero by 5.00'),
    })
    expect(standingOf(summary({ liquidations: 2 }), waterfall('0', '0'))).toMatchObject({
      tone: 'watched',
      sentence: expect.stringContaining('2 accounts are being liquidated, none is below zero'),
    })
  })

  it('is well where nothing is open', () =>
    expect(standingOf(summary({}), waterfall('0', '0'))).toMatchObject({ tone: 'well', headline: 'Solvent' }))
})

describe('what happened', () => {
  const told = (type: string, data: object) => happened({ type, data } as Pick<Event, 'type' | 'data'>)

  it('has a sentence, with amounts as people read them and prices as they are', () => {
    expect(told('PriceTick', { instrument: 'BTC-PERP', price: '6315.130001' })).toBe(
      'BTC-PERP is marked at 6,315.130001',
    )
    expect(told('PriceTick', { asset: 'ETH', price: '140' })).toBe('ETH is marked at 140')
    expect(told('MarginCall', { account: 'alice', amount: '1234.567' })).toBe('alice is called for 1,234.56')
    expect(
      told('PositionReduced', { account: 'a', instrument: 'X', quantity: '-2', price: '7', realised: '-3.5' }),
    ).toBe('a sells 2 X at 7 and realises -3.50')
    expect(
      told('Liquidated', {
        account: 'a',
        bidder: 'keeper-1',
        closed: [
          { instrument: 'X', quantity: '-1.5' },
          { instrument: 'Y', quantity: '2' },
        ],
      }),
    ).toBe('keeper-1 takes 1.5 X, 2 Y of a')
    expect(told('TimePassed', { due: [{ what: 'margin-call', id: 'a' }] })).toBe('time has come for margin call a')
  })
})

describe('times and counts', () => {
  it('are in UTC, thousandths where there are any', () => {
    expect(moment('2020-03-12T10:48:00.000Z')).toBe('2020-03-12 10:48:00')
    expect(clock('2020-03-12T10:48:00.250Z')).toBe('10:48:00.250')
  })

  it('count down to nothing and not beyond', () => {
    expect(countdown('2020-03-12T10:00:00.000Z', '2020-03-12T10:02:05.900Z')).toBe('2:05')
    expect(countdown('2020-03-12T10:05:00.000Z', '2020-03-12T10:02:05.000Z')).toBe('0:00')
  })

  it('have their noun', () =>
    expect([count(1, 'account'), count(1008, 'account'), number(1234567)]).toEqual([
      '1 account',
      '1,008 accounts',
      '1,234,567',
    ]))
})

describe('a table as CSV', () => {
  it('quotes what needs it, and lets no stranger write a formula', () =>
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,y', '-12.50'],
          ['=1+1', 'say "so"'],
          ['-SUM(A1)', '@x'],
          ['-1+A1', '-7'],
        ],
      ),
    ).toBe('a,b\r\n"x,y",-12.50\r\n\'=1+1,"say ""so"""\r\n\'-SUM(A1),\'@x\r\n\'-1+A1,-7\r\n'))
})

describe('where an account stands', () => {
  const margin = (more: object) =>
    ({
      worst: '9',
      best: '9',
      initialMargin: '6',
      maintenanceMargin: '3',
      room: '6',
      positions: [{}],
      ...more,
    }) as unknown as Answer<'margin'>

  it('is said against its line, above and below it', () => {
    expect(distance(margin({}))).toBe(
      'It is worth 9.00: 6.00 above its maintenance margin of 3.00; new risk needs 6.00.',
    )
    expect(distance(margin({ best: '2', worst: '2', room: '-1' }))).toContain('2.00: 1.00 below its maintenance margin')
  })

  it('is a span where prices are missing, what is lacked below zero, and plain without positions', () => {
    expect(distance(margin({ worst: '-5', missing: ['X'] }))).toContain('between -5.00 and 9.00')
    expect(distance(margin({ worst: '-5', best: '-5', room: '-8' }))).toBe(
      'It lacks 5.00: its collateral is gone, and its positions need 3.00.',
    )
    expect(distance(margin({ positions: [] }))).toBe('It holds no position, and 9.00 that could leave.')
    expect(distance(margin({ positions: [], worst: '-4', best: '-4' }))).toBe(
      'It lacks 4.00: its collateral is gone, and so are its positions.',
    )
  })
})

it('what moves nothing and explains only others tells nothing by itself', () => {
  expect((['CommandRejected', 'TimePassed', 'MarginCall'] as const).map((type) => isTelling({ type }))).toEqual([
    false,
    false,
    true,
  ])
  expect((['MarginCallMissed', 'PoolFrozen', 'PriceTick'] as const).map((type) => toneOf({ type }))).toEqual([
    'watched',
    'short',
    'plain',
  ])
})

describe('parameters', () => {
  it('stand under what they are about, and have their units', () => {
    const groups = groupsOf({
      callPeriod_s: 1800,
      confirm_ms: 3000,
      wait_ms: 250,
      size: { share: '0.1' },
      liquidation: { auction: { fastSeconds: 90 } },
    })
    expect(groups.map(({ name, leaves }) => [name, leaves.map((leaf) => [named(leaf.path), valued(leaf)])])).toEqual([
      [
        'pool',
        [
          ['call period', '30 min'],
          ['confirm', '3 s'],
          ['wait', '250 ms'],
        ],
      ],
      ['size', [['share', '0.1']]],
      ['liquidation', [['auction, fast', '90 s']]],
    ])
  })

  it('last in the largest unit that leaves nothing over', () =>
    expect([0, 59, 60, 5400, 7200, 604_800].map(lasting)).toEqual(['0 s', '59 s', '1 min', '90 min', '2 h', '7 d']))
})

describe('the chapters of a crash', () => {
  const row = (revision: number, more: object): Row =>
    ({
      revision,
      at: `t${revision}`,
      frozen: false,
      marginCalls: 0,
      liquidations: 0,
      bankrupt: 0,
      deficits: '0',
      prefunded: '100',
      ...more,
    }) as Row

  it('are what happened for the first time, in order, and nothing that did not happen', () => {
    expect(chaptersOf([row(1, {})], undefined)).toEqual([])
    const rows = [
      row(1, {}),
      row(5, { marginCalls: 2 }),
      row(7, { marginCalls: 1, liquidations: 1 }),
      row(9, { liquidations: 3, bankrupt: 1, deficits: '120', frozen: true }),
      row(12, { bankrupt: 2, deficits: '50', prefunded: '0' }),
    ]
    expect(chaptersOf(rows, { revision: 11, at: 't11' }).map(({ name, revision }) => [name, revision])).toEqual([
      ['first call', 5],
      ['first auction', 7],
      ['below zero', 9],
      ['short', 9],
      ['frozen', 9],
      ['deleveraging', 11],
      ['the fund is empty', 12],
    ])
  })
})

describe('what a word may mean', () => {
  const known = {
    here: { pool: 'main', page: 'prices' as const, at: 5 },
    newest: 5000,
    pages: [['waterfall', 'Waterfall']] as const,
    accounts: ['trader-0001', 'trader-0002'],
    liquidations: ['trader-0001:1'],
    day: '2020-03-12',
    moments: [
      { revision: 7, at: '2020-03-12T10:00:00.000Z' },
      { revision: 9, at: '2020-03-12T10:48:00.000Z' },
    ],
  }
  const found = (word: string) =>
    findingsOf(word, known).map(({ name, what, place }) => [name, what, place.at, place.item])

  it('is a revision, a time of that day, a page, an account or an auction', () => {
    expect(found('4,999').slice(0, 2)).toEqual([
      ['Revision 4,999', 'go to this moment', 4999, undefined],
      ['Event 4,999', 'what it says', 4999, '4999'],
    ])
    expect(found('10:50')[0]).toEqual(['2020-03-12T10:48:00.000Z', 'go to this moment', 9, undefined])
    expect(found('2020-03-12T10:01')[0]).toEqual(['2020-03-12T10:00:00.000Z', 'go to this moment', 7, undefined])
    expect(found('water')[0]).toEqual(['Waterfall', 'page', 5, undefined])
    expect(found('r-0001').map(([name]) => name)).toEqual(['trader-0001', 'trader-0001:1', 'r-0001'])
  })

  it('is nothing beyond the end, and an account that is not known here only as it was typed', () => {
    expect(found('99999')).toEqual([['99999', 'as an account', 5, '99999']])
    expect(found('trader-0002')).toEqual([['trader-0002', 'account', 5, 'trader-0002']])
    expect(found('<b>')).toEqual([])
    expect(found('')).toEqual([['Waterfall', 'page', 5, undefined]])
  })
})

it('what would have been is told by how many it hurts, and who is liquidated in one history only', () => {
  const told = (liquidated: readonly string[]) =>
    ({ called: [], missed: [], liquidated, defaulted: [], deleveraged: [], haircut: [] }) as unknown as Told
  const found = { recorded: told(['a', 'b']), new: told(['b', 'c', 'd']) } as WhatIf
  expect(hurtIn(found)[2]).toEqual({ name: 'liquidated', recorded: 2, now: 3 })
  expect([onlyIn(found.recorded, found.new), onlyIn(found.new, found.recorded)]).toEqual([['a'], ['c', 'd']])
})

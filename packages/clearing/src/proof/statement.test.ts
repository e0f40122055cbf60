import { decimal } from '@novation/decimal'
import {
  type Afterwards,
  after,
  alice,
  assetPrice,
  bent,
  bob,
  carol,
  coverLoss,
  fund,
  given,
  givenNothing,
  happened,
  list,
  marketWorld,
  parameters,
  partsOf,
  pool,
  price,
  registerAsset,
  settled,
  stated,
} from '../kit'
import { crash } from '../kit/histories'
import { emptyPool } from '../state/book'
import { evolve, isWhole } from '../state/evolve'
import { judge } from '../state/judge'
import { stateHash } from './state-hash'
import { statementOf } from './statement'

/** The imbalances that the statement names after each part of the work, whatever asset they are in. */
const imbalancesOf = ({ events, pool: { parts } }: Afterwards): readonly string[] => {
  const now = emptyPool('main', parts)
  return events.flatMap((event) => {
    evolve(now, event)
    return isWhole(now) ? statementOf(judge(now)).assets.map(({ imbalance }) => imbalance) : []
  })
}

const held = [
  alice.holds('100 USD'),
  bob.holds('200 USD'),
  alice.bought('2 BTC-PERP at 50.125 from bob'),
  price('BTC-PERP', '60'),
]

describe('the solvency statement', () => {
  it('of a pool before its first event is empty, and solvent', () =>
    givenNothing().then(
      stated({
        pool: 'main',
        revision: -1,
        at: '1970-01-01T00:00:00.000Z',
        solvent: true,
        assets: [],
        instruments: [],
        accounts: [],
        frozen: false,
        inProgress: [],
        open: [],
      }),
    ))

  it('names the revision, the time and the state it is of', () =>
    given(...held).then(
      stated({ revision: 11, at: '2020-03-12T10:00:00.000Z' }),
      pool((now) => expect(statementOf(now).stateHash).toBe(stateHash(now))),
    ))

  it('says of every account how it stands', () =>
    given(...held).then(
      stated({
        accounts: [
          {
            account: 'alice',
            status: 'healthy',
            collateral: { USD: '100' },
            positions: [
              { instrument: 'BTC-PERP', quantity: '2', cost: '100.25', unrealizedPnl: '19.75', accruedFunding: '0' },
            ],
            principal: '100',
            equity: '119.75',
            initialMargin: '12',
            maintenanceMargin: '6',
          },
          {
            account: 'bob',
            status: 'healthy',
            collateral: { USD: '200' },
            positions: [
              { instrument: 'BTC-PERP', quantity: '-2', cost: '-100.25', unrealizedPnl: '-19.75', accruedFunding: '0' },
            ],
            principal: '200',
            equity: '180.25',
            initialMargin: '12',
            maintenanceMargin: '6',
          },
        ],
      }),
    ))

  it('says of every asset what is held, for whom, and that nothing is missing', () =>
    given(
      ...held,
      registerAsset('ETH', 18),
      carol.holds('1.5 ETH'),
      fund('7 USD'),
      fund('8 USD', 'skin-in-the-game'),
    ).then(
      stated({
        assets: [
          {
            asset: 'ETH',
            custody: '1.5',
            owed: '1.5',
            insurance: '0',
            skinInTheGame: '0',
            fees: '0',
            dust: '0',
            imbalance: '0',
          },
          {
            asset: 'USD',
            custody: '315',
            owed: '300',
            insurance: '7',
            skinInTheGame: '8',
            fees: '0',
            dust: '0',
            imbalance: '0',
          },
        ],
      }),
    ))

  it('says of every instrument who holds what at which cost', () =>
    given(list('A'), ...held, after('121 s')).then(
      stated({
        instruments: [
          { instrument: 'A', openInterest: '0', longCost: '0', shortCost: '0', stale: true },
          {
            instrument: 'BTC-PERP',
            mark: '60',
            openInterest: '2',
            longCost: '100.25',
            shortCost: '-100.25',
            stale: false,
          },
        ],
      }),
      // ledger time stands still while nothing happens
      stated({ at: '2020-03-12T10:00:00.000Z' }),
    ))

  it('shows an imbalance where there is one', () => {
    const off = bent(marketWorld.pool, (book) => book.put(book.dust, 'balances', 'USD', decimal('5')))
    expect(statementOf(off).assets[0]).toMatchObject({ dust: '5', imbalance: '-5' })
  })

  it('lists an account in breach that no liquidation is open for, as one of a stale price', () =>
    given(
      list('A'),
      price('A', '100'),
      alice.holds('20 USD'),
      alice.bought('1 A at 100 from bob'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      after('121 s'),
      price('BTC-PERP', '75'),
    ).then(stated({ open: [{ what: 'breach', id: 'alice' }] })))

  it('is solvent as long as the layers bear what accounts below zero lack', () => {
    const below = [alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob'), price('BTC-PERP', '80')]
    given(...below, fund('9.99 USD')).then(
      stated({
        solvent: false,
        losses: { insurance: '0', skinInTheGame: '0', socialized: '0', uncovered: '0.01' },
      }),
    )
    given(...below, fund('4 USD'), fund('6 USD', 'skin-in-the-game')).then(
      stated({ solvent: true, frozen: true, losses: expect.objectContaining({ uncovered: '0' }) }),
    )
  })

  it('says what each layer has paid since the beginning', () =>
    expect(statementOf(crash.pool).losses).toEqual({
      insurance: '68.05',
      skinInTheGame: '12.5',
      socialized: '0',
      uncovered: '0',
    }))
})

describe('collateral', () => {
  const eth = registerAsset('ETH', 4, { haircut: '0.2' })

  it('counts for nothing while it has no price', () =>
    given(eth, alice.holds('2 ETH', '1 USD')).then(
      alice.stands({ equity: '1', principal: '1', collateral: { ETH: '2', USD: '1' } }),
    ))

  it('counts at its price, and is required for by its haircut', () =>
    given(eth, alice.holds('2 ETH', '1 USD'), assetPrice('ETH', '50.05')).then(
      alice.stands({ equity: '101.1', principal: '101.1', initialMargin: '20.02', maintenanceMargin: '20.02' }),
    ))

  it('is required for by no less than it costs to sell', () =>
    given(registerAsset('ETH', 4), alice.holds('2 ETH'), assetPrice('ETH', '50')).then(
      alice.stands({ equity: '100', maintenanceMargin: '0.5' }),
    ))

  it('counts at the worst for nothing once its price is old, and at the best ever less', () => {
    const held = [eth, alice.holds('2 ETH'), assetPrice('ETH', '50')]
    given(...held, after('121 s'), bob.holds('1 USD')).then(alice.stands({ equity: '100', worst: '0', best: '90' }))
    given(...held, after('20 min'), bob.holds('1 USD')).then(alice.stands({ equity: '100', worst: '0', best: '0' }))
  })

  it('that comes while it has no fresh price counts for nothing until one is observed since, and leaves last', () => {
    const late = [eth, alice.holds('2 ETH'), assetPrice('ETH', '50'), after('121 s'), alice.deposits('8 ETH')]
    given(...late).then(alice.stands({ worst: '0', best: '90' }))
    given(...late, assetPrice('ETH', '50')).then(alice.stands({ equity: '500', principal: '500' }))
    given(...late, alice.withdraws('1 ETH'), bob.holds('1 USD')).then(alice.stands({ worst: '0', best: '45' }))
  })

  it('is no profit when its price rises', () =>
    given(eth, alice.holds('2 ETH'), assetPrice('ETH', '50'), assetPrice('ETH', '500')).then(
      alice.stands({ equity: '1000', principal: '1000' }),
    ))

  it('is what a margin stands on: its price alone can call it', () =>
    given(eth, alice.holds('2 ETH'), assetPrice('ETH', '50'), alice.bought('7 BTC-PERP at 100 from bob'))
      .when(assetPrice('ETH', '43.74'))
      .then(
        alice.stands({ status: 'restricted', equity: '87.48', initialMargin: '87.5' }),
        pool(({ standing }) => expect([...standing.duties.call]).toEqual(['alice'])),
      ))

  it('does not pay a loss in cash: a settled loss leaves a debt in full beside it', () =>
    given(
      eth,
      parameters({}),
      alice.holds('2 ETH'),
      assetPrice('ETH', '50'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      alice.sold('1 BTC-PERP at 30 to bob'),
    ).then(alice.stands({ collateral: { ETH: '2', USD: '-70' }, equity: '30', status: 'healthy' })))
})

describe('amid work in parts, what is on its way is owed to somebody still', () => {
  const balanced = (afterwards: Afterwards) => expect(new Set(imbalancesOf(afterwards))).toEqual(new Set(['0']))
  const crowd = [
    partsOf(1, 1),
    alice.holds('20 USD'),
    carol.holds('100 USD'),
    alice.bought('2 BTC-PERP at 100 from bob'),
    carol.bought('1 BTC-PERP at 100 from bob'),
  ]

  it('in a settlement away from the mark', () =>
    given(...crowd)
      .when(settled('BTC-PERP', '80'))
      .then(happened('BulkEnded', { what: 'settlement' }), balanced))

  it('in a haircut', () =>
    given(...crowd, settled('BTC-PERP', '80'))
      .when(coverLoss)
      .then(happened('BulkEnded', { what: 'loss' }), balanced))
})

import {
  accepted,
  alice,
  bob,
  coverLoss,
  deleverage,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  pool,
  price,
  rejected,
  startLiquidation,
  stated,
  ticking,
} from '../kit'

/** Alice holds a lot of an instrument whose price does not come any more, and has lost 160 on 101 in the other. */
const deadLeg = given(
  list('OLD-PERP', { lot: '0.01' }),
  alice.holds('101 USD'),
  alice.bought('0.01 OLD-PERP at 10 from bob'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  fund('20 USD'),
  price('BTC-PERP', '84'),
  startLiquidation('alice'),
  ticking('40 min', 'BTC-PERP'),
  deleverage('alice:1'),
)

describe('an account that keeps a leg without a price', () => {
  it('owes what is certain, at its best, and that goes down the waterfall', () =>
    deadLeg.when(coverLoss).then(
      accepted,
      happenedExactly('InsuranceDrawn', 'LossSocialized', 'PoolThawed'),
      happened('InsuranceDrawn', { layer: 'fund', amount: '20', purpose: 'write-off' }),
      // The lot may have risen by 0.03 unseen.
      happened('LossSocialized', {
        loss: '38.97',
        // A cent of it, by what each required, was lost in the lot, in which nobody has a profit.
        taken: [
          { account: 'bob', amount: '38.96', instrument: 'BTC-PERP' },
          { account: 'bob', amount: '0.01' },
        ],
        uncovered: '0',
      }),
      alice.stands({ worst: '-0.06', best: '0' }),
      bob.stands({ equity: '1000121.03' }),
      stated({ solvent: true, frozen: false }),
    ))

  it('owes no more once it can be dealt in again: then it is liquidated', () =>
    deadLeg.when(price('OLD-PERP', '10'), coverLoss).then(
      rejected('nothing-due'),
      pool(({ standing: { duties } }) => expect([[...duties.owing], [...duties.start]]).toEqual([[], ['alice']])),
    ))

  it('owes from when its last price has worn, also where nobody ever offered it for sale', () =>
    given(
      list('OLD-PERP', { lot: '0.01', gap: '0.01' }),
      parameters({ callPeriod_s: 86_400 }),
      alice.holds('10 USD'),
      alice.bought('1 OLD-PERP at 100 from bob'),
      price('OLD-PERP', '80'),
      passed('40 min'),
    )
      .when(coverLoss)
      .then(
        accepted,
        happened('LossSocialized', { loss: '9.2', taken: [{ account: 'bob', amount: '9.2', instrument: 'OLD-PERP' }] }),
      ))
})

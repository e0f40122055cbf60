import {
  accepted,
  alice,
  coverLoss,
  fund,
  given,
  goesOnFromAnywhere,
  happened,
  parameters,
  person,
  pool,
  type Step,
  settled,
  stated,
} from '../kit'

const winners = Array.from({ length: 130 }, (_, i) => person(`w${String(i).padStart(3, '0')}`))

/** Alice lost 1950 on 1300, won by so many that neither the settlement nor the haircut fits in one append. */
const crowd: readonly Step[] = [
  alice.holds('1300 USD'),
  ...winners.flatMap((winner) => [winner.holds('100 USD'), winner.sold('1 BTC-PERP at 100 to alice')]),
]

describe('a loss over more accounts than fit in one append', () => {
  it('is booked in parts through an account of its own that is empty in the end', () =>
    given(...crowd, settled('BTC-PERP', '85'))
      .when(coverLoss)
      .then(
        accepted,
        ({ happened: events }) =>
          expect(events.map(({ type }) => type)).toEqual([
            'BulkStarted',
            'LossSocialized',
            'LossSocialized',
            'BulkEnded',
            'PoolThawed',
          ]),
        happened('BulkStarted', { accounts: 131, totals: { loss: '650', profits: '1950', uncovered: '0' } }),
        ...winners.slice(0, 3).map((winner) => winner.stands({ equity: '110' })),
        alice.stands({ equity: '0', principal: '0' }),
        pool(({ bulk, books }) => {
          expect(bulk).toBeUndefined()
          expect(
            [...books.values()].filter(({ name, balances }) => name.startsWith('bulk/') && balances.size > 0),
          ).toEqual([])
        }),
        stated({ inProgress: [], solvent: true, losses: expect.objectContaining({ socialized: '650' }) }),
      ))

  it('goes on after a crash at any part as if there had been none', () =>
    given(...crowd, settled('BTC-PERP', '85'))
      .when(coverLoss)
      .then(goesOnFromAnywhere))

  it('and so does one whose first parts come from the prefunded layers', () =>
    given(
      ...crowd,
      fund('10 USD'),
      fund('20 USD', 'skin-in-the-game'),
      parameters({ waterfall: { skinInTheGame: '5' } }),
      settled('BTC-PERP', '85'),
    )
      .when(coverLoss)
      .then(
        happened('BulkStarted', { accounts: 134, totals: { loss: '620', profits: '1950', uncovered: '0' } }),
        stated({
          losses: { insurance: '10', skinInTheGame: '20', socialized: '620', uncovered: '0' },
        }),
        goesOnFromAnywhere,
      ))
})

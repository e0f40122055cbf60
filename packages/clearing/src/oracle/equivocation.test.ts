import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { alike, type CourseIndex } from '@novation/risk/kit'
import {
  accepted,
  deposit,
  given,
  happened,
  happenedExactly,
  moved,
  open,
  pool,
  refused,
  registerAsset,
  rejected,
  type Step,
  stated,
  tried,
  type Wish,
  withdraw,
} from '../kit'
import { registerKey, revokeKey, signedBy } from '../kit/identity'
import { asAnna, atTime, bond, carried, quote, release, report, said, setIndex, withSources } from '../kit/oracle'
import { as } from '../kit/wishes'
import { begin } from '../kit/world'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const index: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7) }

const of = (more: { source?: string; price?: string; at?: string; base?: string } = {}, by?: string) => {
  const what = { source: 's1', base: 'ETH', currency: 'USD', at: formatTime(begin), price: '200', ...more }
  return quote(what, by ?? what.source)
}

/** Kate is a keeper with a key K, and no business of hers. */
const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(open('kate')),
  asAnna(registerKey('K keeper:kate'), 'K'),
  asAnna(setIndex(index)),
  asAnna(bond('s1', '1000 USD')),
]
const asKate = (wish: Wish): Step => signedBy(['K'], as('keeper:kate', wish))
const at = (ms: number): Step => atTime(begin + ms)
const day_ms = 86_400_000
const bondsNow = (...bonds: readonly string[]) =>
  pool(({ books }) =>
    expect(
      [...books]
        .filter(([name]) => name.startsWith('source/'))
        .map(([, { balances }]) => format(balances.get('USD') as never)),
    ).toEqual(bonds),
  )
const suspended = (...names: readonly string[]) =>
  pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.suspended).toEqual(names))

describe('two truths of one time', () => {
  it('shown by anybody, whoever was told which, suspend their source, and its bond is the insurance fund’s', () =>
    given(...begun)
      .when(asKate(report(of({ price: '200' }), of({ price: '210' }))))
      .then(
        accepted,
        happenedExactly('SourceEquivocated'),
        happened('SourceEquivocated', { source: 's1', base: 'ETH', at: formatTime(begin), bond: '1000' }),
        moved({ 'source/s1 USD': '-1000', 'insurance USD': '1000' }),
        suspended('s1'),
      ))

  it('carried to the ledger do the same by themselves', () =>
    given(...begun, carried(of()))
      .when(carried(of({ price: '210' })))
      .then(
        happened('SourceEquivocated', { source: 's1', bond: '1000' }),
        moved({ 'source/s1 USD': '-1000', 'insurance USD': '1000' }),
      ))

  it('are shown of the past too, and of what is in no index', () => {
    const past = formatTime(begin - 86_400_000)
    given(...begun)
      .when(asKate(report(of({ at: past }), of({ at: past, price: '1' }))))
      .then(accepted, suspended('s1'))
    given(...begun, asAnna(registerKey('key-of-s9 source:s9'), 'key-of-s9'), asAnna(bond('s9', '5 USD')))
      .when(asKate(report(of({ source: 's9', base: 'X' }), of({ source: 's9', base: 'X', price: '1' }))))
      .then(happened('SourceEquivocated', { source: 's9', bond: '5' }), suspended())
  })
})

describe('what is no equivocation', () => {
  const cases: readonly (readonly [string, Wish])[] = [
    ['one quote twice', report(of(), of())],
    ['the same, written otherwise', report(of(), of({ price: '200.00', at: '2020-03-12T11:00:00+01:00' }))],
    ['two times', report(of(), of({ at: formatTime(begin + 1), price: '201' }))],
    ['two bases', report(of(), of({ base: 'BTC', price: '201' }))],
    ['two sources', report(of(), of({ source: 's2', price: '201' }))],
    ['one with a signature of something else', report(of(), { ...of({ price: '201' }), signature: of().signature })],
    [
      'of a time that has not come',
      report(of({ at: formatTime(begin + 5001) }), of({ at: formatTime(begin + 5001), price: '1' })),
    ],
  ]
  it.each(cases)('%s', (_, wish) =>
    given(...begun)
      .when(asKate(wish))
      .then(rejected('no-equivocation'), suspended(), bondsNow('1000')),
  )

  it('of a key that is revoked: whoever stole it may have signed', () =>
    given(...begun, asAnna(revokeKey('key-of-s1', { reason: 'compromised' })))
      .when(asKate(report(of(), of({ price: '210' }))))
      .then(rejected('unknown-key'), suspended(), bondsNow('1000')))

  it('of a key of somebody else', () =>
    given(...begun)
      .when(asKate(report(of(), of({ price: '201' }, 's2'))))
      .then(rejected('unknown-key'), suspended(), bondsNow('1000')))

  it('of the revoked one of two keys, whether or not the quotes name it', () => {
    const two = [
      ...begun,
      asAnna(registerKey('key-of-other source:s1'), 'key-of-other'),
      asAnna(revokeKey('key-of-s1', { reason: 'lost' })),
    ]
    const unnamed = ({ key: _, ...rest }: ReturnType<typeof quote>) => rest
    given(...two)
      .when(asKate(report(of(), of({ price: '210' }))))
      .then(rejected('unknown-key'))
    given(...two)
      .when(asKate(report(unnamed(of()), unnamed(of({ price: '210' })))))
      .then(rejected('no-equivocation'))
  })

  it('is paid for twice: not again as it is, in another order, earlier, nor once the index is set anew', () => {
    const [one, other] = [of(), of({ price: '210' })]
    const earlier = formatTime(begin - 1000)
    const once = [...begun, asKate(report(one, other))]
    for (const wish of [
      report(one, other),
      report(other, one),
      report(of({ at: earlier }), of({ at: earlier, price: '1' })),
    ]) {
      given(...once)
        .when(asKate(wish))
        .then(rejected('nothing-due'))
      given(...once, asAnna(setIndex(index)), asAnna(bond('s1', '10 USD')))
        .when(asKate(wish))
        .then(rejected('nothing-due'), suspended(), bondsNow('10'))
    }
  })

  it('but two later ones are, once it counts again', () =>
    given(...begun, asKate(report(of(), of({ price: '210' }))), asAnna(setIndex(index)), at(1000))
      .when(asKate(report(of({ at: formatTime(begin + 1) }), of({ at: formatTime(begin + 1), price: '1' }))))
      .then(happenedExactly('SourceEquivocated'), moved({}), suspended('s1')))
})

describe('a bond', () => {
  it('is put up by whoever pays it in, and is no trader’s', () =>
    given(...begun)
      .when(asAnna(bond('s2', '500 USD')))
      .then(
        happenedExactly('SourceBonded'),
        moved({ 'custody USD': '-500', 'source/s2 USD': '500' }),
        stated({
          assets: [
            expect.objectContaining({ custody: '1500', bonds: '1500', owed: '0', liquidity: '0', imbalance: '0' }),
          ],
          indices: [
            expect.objectContaining({
              sources: expect.arrayContaining([expect.objectContaining({ source: 's2', bond: '500' })]),
            }),
          ],
        }),
      ))

  it('backs nobody’s withdrawal: what custody holds for it stays', () => {
    const left = [...begun, asAnna(deposit('kate', '10 USD'))]
    given(...left)
      .when(asAnna(withdraw('kate', '10 USD')))
      .then(accepted)
    given(...left)
      .when(asAnna(withdraw('kate', '10.01 USD')))
      .then(rejected('insufficient-balance'))
  })

  it('is given back once no key of its source has stood for a day', () => {
    const revoked = [...begun, asAnna(revokeKey('key-of-s1'))]
    given(...revoked, at(day_ms - 1))
      .when(asAnna(release('s1', '400 USD')))
      .then(rejected('still-liable'), bondsNow('1000'))
    given(...revoked, at(day_ms))
      .when(asAnna(release('s1', '400 USD')))
      .then(happenedExactly('BondReleased'), moved({ 'source/s1 USD': '-400', 'custody USD': '400' }), bondsNow('600'))
  })

  it('is not taken by who has stolen the key of one operator, where another revokes it within a day', () => {
    const theft = [...begun, asAnna(revokeKey('key-of-s1')), asAnna(release('s1', '1000 USD'))]
    given(
      tried(...theft),
      at(day_ms - 60_000),
      signedBy(['B'], as('operator:ben', revokeKey('A', { reason: 'compromised' }))),
      at(day_ms),
    )
      .when(asAnna(release('s1', '1000 USD')))
      .then(refused('revoked-key'), bondsNow('1000'))
  })

  it('waits anew for each key that its source had', () =>
    given(
      ...begun,
      asAnna(registerKey('key-of-next source:s1'), 'key-of-next'),
      asAnna(revokeKey('key-of-s1')),
      at(day_ms),
      asAnna(revokeKey('key-of-next')),
    )
      .when(asAnna(release('s1', '1 USD')))
      .then(rejected('still-liable')))

  it('and not while a report is possible, nor while another key stands, nor while its source is suspended', () => {
    given(...begun)
      .when(asAnna(release('s1', '1 USD')))
      .then(rejected('still-liable'))
    given(...begun, asAnna(registerKey('key-of-next source:s1'), 'key-of-next'), asAnna(revokeKey('key-of-s1')))
      .when(asAnna(release('s1', '1 USD')))
      .then(rejected('still-liable'))
    given(
      ...begun,
      asKate(report(of(), of({ price: '210' }))),
      asAnna(bond('s1', '7 USD')),
      asAnna(revokeKey('key-of-s1')),
    )
      .when(asAnna(release('s1', '7 USD')))
      .then(rejected('still-liable'))
  })

  it('is taken of a source that has a key, in the settlement asset, and as much as it is', () => {
    given(...begun)
      .when(asAnna(bond('s9', '1 USD')))
      .then(rejected('unknown-key'))
    given(...begun, asAnna(registerAsset('EUR', 2)))
      .when(asAnna(bond('s1', '1 EUR')))
      .then(rejected('not-settlement-asset'))
    given(...begun)
      .when(asAnna(release('s1', '1000.01 USD')))
      .then(rejected('insufficient-balance'))
  })

  it('is of no use to who cannot be shown: nobody is paid for being right', () =>
    given(...begun, said('ETH/USD', ...seven.map(() => '200')))
      .when(said('ETH/USD', ...seven.map(() => '200')))
      .then(bondsNow('1000')))
})

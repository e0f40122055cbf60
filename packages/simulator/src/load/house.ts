import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import { quantityOf } from './listed'
import { begin, gold, hasCoins, richKeeper, type Scene, traders } from './scene'
import { type Sending, sending } from './sending'
import { hasSources, indices } from './sources'
import { parametersOf } from './terms'
import type { Traits } from './traits'

/** Other collateral than the settlement asset: its haircut, and who brings some of it along. */
const otherCollateral = (pool: string, dice: Dice, traits: Traits): readonly Sending[] => [
  sending(pool, 1_000, 'gold', 'RegisterAsset', {
    asset: gold,
    decimals: 3,
    haircut: dice.pick(traits.has('debits') ? ['0', '0.05', '0.2'] : ['0', '0.05', '0.2', '0.5', '0.95']),
    ...(dice.chance(0.3) ? { cap: dice.pick(['30', '70']) } : {}),
    ...(dice.chance(0.3) ? { coinShare: dice.pick(['0', '1']) } : {}),
    ...(hasSources(traits) ? { index: gold } : {}),
  }),
  ...traders
    .filter(() => dice.chance(traits.has('debits') ? 0.9 : 0.6))
    .map((account) =>
      sending(pool, 3_000, `gold-${account}`, 'Deposit', {
        account,
        asset: gold,
        amount: (dice.next() * 15 + 0.001).toFixed(3),
      }),
    ),
]

/** An asset that nobody ever prices, and a little of it for everybody. */
const deadAsset = (pool: string, dice: Dice): readonly Sending[] => [
  sending(pool, 1_000, 'dust', 'RegisterAsset', { asset: 'DUST', decimals: 0 }),
  ...traders.map((account) =>
    sending(pool, dice.whole(3_000, 60_000), `dust-${account}`, 'Deposit', { account, asset: 'DUST', amount: '1' }),
  ),
]

const instrumentsOf = (dice: Dice, { pool, listed, traits }: Scene): readonly Sending[] =>
  listed.map((each) => {
    return sending(pool, 1_500, `list-${each.id}`, 'ListInstrument', {
      instrument: each.id,
      settlementAsset: 'USD',
      kind: each.kind,
      multiplier: each.multiplier,
      lot: quantityOf({ ...each, power: each.power - dice.pick([0, 1, 3]) }, 1),
      margin: each.margin,
      ...(each.floor === undefined ? {} : { signed: true, marginFloor: String(each.floor) }),
      gap: dice.pick(traits.has('outages') ? ['0.15', '0.45'] : ['0.3', '0.05', '1']),
      ...(hasSources(traits) ? { index: each.id } : {}),
      ...(each.kind === 'future' ? { expiry: formatTime(begin + dice.whole(60, 240) * 1000) } : {}),
      ...(each.id === 'ALT-PERP'
        ? { liquidation: { fee: dice.pick(['0', '0.01']), buffer: dice.pick(['0.05', '1']) } }
        : {}),
    })
  })

const kindOf = (dice: Dice, { traits }: Scene, share: number): object =>
  traits.has('isolated') && dice.chance(share) ? { margin: 'isolated' } : {}

/** Whose account it is, where it is not its own owner's. */
const ownerOf = (dice: Dice, { traits }: Scene, account: string): object =>
  traits.has('owners') && account.startsWith('a') && dice.chance(0.7) ? { owner: dice.pick(['ann', 'ben']) } : {}

/** Who is there, and with how much: in some worlds a backstop, and a keeper that can bear anything. */
const people = (dice: Dice, scene: Scene): readonly Sending[] => {
  const { pool, traits } = scene
  const cash = (): string => String(dice.whole(200, 2_000))
  const rich = dice.chance(0.6) ? [[richKeeper, '30000']] : []
  const stands = traits.has('poor') || dice.chance(0.7)
  const capital = traits.has('poor') ? dice.pick(['0.01', '5', '40', '150']) : dice.pick([cash(), '10000'])
  const everybody = [
    ...traders.map((id) => [id, traits.has('debits') ? String(dice.whole(1, 60)) : cash()]),
    ...(stands ? [['backstop', capital]] : []),
    ...rich,
  ]
  return everybody.flatMap(([account = '', amount]) => [
    sending(pool, 1_500, `open-${account}`, 'OpenAccount', {
      account,
      ...ownerOf(dice.for(`owner of ${account}`), scene, account),
      ...kindOf(dice, scene, account === 'backstop' || account === richKeeper ? 0.2 : 0.4),
    }),
    sending(pool, 3_000, `in-${account}`, 'Deposit', { account, asset: 'USD', amount }),
  ])
}

/** How the house is set up: what may be held, by whom, on which terms; drawn, so that all terms get their turn. */
export const house = (dice: Dice, scene: Scene): readonly Sending[] => {
  const { pool, traits } = scene
  const sent = (at_ms: number, id: string, type: string, data: unknown) => sending(pool, at_ms, id, type, data)
  const funds = dice.pick(traits.has('debtors') ? ['0', '50'] : ['0', '50', '400', '3000', '20000', '20000'])
  const tranche = dice.pick(traits.has('debtors') ? ['0', '20'] : ['0', '100', '800'])
  return [
    sent(0, 'usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    ...indices(dice.for('indices'), scene),
    ...instrumentsOf(dice, scene),
    sent(1_500, 'parameters', 'SetPoolParameters', parametersOf(dice, traits)),
    ...(funds === '0' ? [] : [sent(1_500, 'fund', 'FundInsurance', { asset: 'USD', amount: funds })]),
    ...(tranche === '0'
      ? []
      : [sent(1_500, 'skin', 'FundInsurance', { asset: 'USD', amount: tranche, tranche: 'skin-in-the-game' })]),
    ...people(dice, scene),
    ...(hasCoins(traits) ? otherCollateral(pool, dice, traits) : []),
    ...(traits.has('dust') ? deadAsset(pool, dice) : []),
  ].sort((a, b) => a.at_ms - b.at_ms)
}

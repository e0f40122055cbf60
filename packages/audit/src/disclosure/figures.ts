import { houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import { add, type Decimal, decimal, format, integer, min, multiply, one, subtract, sum, zero } from '@novation/decimal'
import { formatTime } from '@novation/events'
import type { DisclosureOptions, Observed } from './observed'
import { prefundedOf, sampleOf } from './sample'
import { percent, told } from './series'

/** One figure: its number in the standards, what it is called there, what it means here, and its value. */
export interface Figure {
  readonly reference: string
  readonly title: string
  readonly meaning: string
  /** Decimal strings in the settlement asset unless the meaning says otherwise; `null` where nothing was observed. */
  readonly value: unknown
}

export interface Disclosure {
  readonly pool: string
  readonly asset?: string
  readonly from: { readonly revision: number; readonly at: string }
  readonly to: { readonly revision: number; readonly at: string }
  readonly figures: readonly Figure[]
  /** Parts of the standards that are asked for together with these, and that a ledger cannot answer. */
  readonly notAnswered: readonly { readonly reference: string; readonly why: string }[]
}

const notAnswered: Disclosure['notAnswered'] = [
  {
    reference: '4.1.4, 4.1.5',
    why: 'participants contribute to no default fund here: there is one fund, of nobody in particular (4.1.6)',
  },
  { reference: '4.1.7 - 4.1.10', why: 'commitments to pay more stand in contracts, not in the ledger' },
  { reference: '4.2', why: 'Kccp is a matter of capital rules' },
  {
    reference: '4.3.1 - 4.3.14',
    why: 'where the money lies (central banks, secured, unsecured) is not known to the ledger',
  },
  { reference: '4.4.1, 4.4.2', why: 'a rule of the operator, not an event' },
  {
    reference: '6.1 by house and client',
    why: 'the ledger knows accounts, not whose they are (owner is an opaque reference)',
  },
  {
    reference: '18.1 by kind of member',
    why: 'the ledger does not know what kind of participant an account belongs to',
  },
]

const collateralByAsset = (
  pool: Pool,
): readonly { readonly asset: string; readonly before: string; readonly after: string }[] =>
  [...pool.assets.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, haircut, settlement, price }) => {
      const amount = sum([...pool.accounts.values()].map(({ balances }) => balances.get(id) ?? zero))
      const worth = settlement ? amount : multiply(amount, price?.value ?? zero)
      return {
        asset: id,
        before: format(worth),
        after: format(settlement ? worth : multiply(worth, subtract(one, haircut))),
      }
    })

const prefundedByAsset = (
  pool: Pool,
): readonly { readonly asset: string; readonly fund: string; readonly operator: string }[] =>
  [...pool.assets.keys()].sort().map((asset) => ({
    asset,
    fund: format(houseBalance(pool, insurance, asset)),
    operator: format(houseBalance(pool, skinInTheGame, asset)),
  }))

const requiredMargin = (pool: Pool): Decimal => sum(sampleOf(pool).accounts.map(({ initial }) => initial))

const figure = (reference: string, title: string, meaning: string, value: unknown): Figure => ({
  reference,
  title,
  meaning,
  value: value ?? null,
})

const resources = (pool: Pool): readonly Figure[] => {
  const { operator, fund } = prefundedOf(pool)
  const first = min(operator, decimal(pool.parameters.waterfall.skinInTheGame))
  return [
    figure(
      '4.1.1',
      'Prefunded: own capital before',
      "the operator's first tranche: what it pays of one loss before anybody else, as far as it is there",
      format(first),
    ),
    figure(
      '4.1.3',
      'Prefunded: own capital after',
      "the rest of the operator's tranche, which pays after the insurance fund",
      format(subtract(operator, first)),
    ),
    figure('4.1.6', 'Prefunded: other', 'the insurance fund', format(fund)),
    figure(
      '4.3.15',
      'Prefunded default resources, total',
      'fund and operator together, in the settlement asset, in which no haircut is taken',
      format(add(operator, fund)),
    ),
    figure(
      '4.3',
      'Prefunded default resources by asset',
      'what each layer holds of each asset, in that asset; losses are paid in the settlement asset only',
      prefundedByAsset(pool),
    ),
  ]
}

const stresses = (so: Observed, stress: string): readonly Figure[] => {
  const move = `if every mark fell, or every mark rose, by ${format(multiply(decimal(stress), integer(100)))} % at once`
  return [
    figure(
      '4.4.3',
      'Estimated largest stress loss, one participant',
      `what the one worst account would owe beyond all its collateral ${move}; over all samples`,
      told(so.stressOne, 2),
    ),
    figure(
      '4.4.4',
      'Times it exceeded the prefunded resources',
      'samples at which 4.4.3 was above fund and operator together',
      so.stressBeyond,
    ),
    figure(
      '4.4.6',
      'Actual largest exposure, one participant',
      'what the one worst account owed beyond all its collateral; over all samples',
      told(so.actualOne, 2),
    ),
    figure(
      '4.4.7',
      'Estimated largest stress loss, two participants',
      'as 4.4.3, the two worst accounts together',
      told(so.stressTwo, 2),
    ),
    figure(
      '4.4.10',
      'Actual largest exposure, two participants',
      'as 4.4.6, the two worst accounts together',
      told(so.actualTwo, 2),
    ),
  ]
}

const margins = (pool: Pool, so: Observed, interval_s: number): readonly Figure[] => [
  figure(
    '6.1.1',
    'Total initial margin required',
    'of all accounts at the end of the period, each netted over its own positions as its model has it',
    format(requiredMargin(pool)),
  ),
  figure(
    '6.2',
    'Collateral held',
    'of all accounts at the end, by asset, in the settlement asset, before and after haircut; debts are set off',
    collateralByAsset(pool),
  ),
  figure(
    '6.5.1',
    'Times margin did not cover the loss',
    'observations in which the positions of an account lost more until the next sample than its initial margin at the sample',
    so.breaches,
  ),
  figure(
    '6.5.2',
    'Frequency of the back-test',
    'seconds between samples; the first event of a new interval takes the sample of the one before',
    interval_s,
  ),
  figure('6.5.3', 'Observations', 'accounts with positions, times samples', so.observations),
  figure(
    '6.5.4',
    'Coverage achieved',
    'percent of the observations that were covered, rounded down',
    so.observations === 0
      ? undefined
      : format(percent(integer(so.observations - so.breaches), integer(so.observations))),
  ),
  figure(
    '6.5.5',
    'Size of what was not covered',
    'loss beyond the initial margin, over the observations that were not covered',
    told(so.uncovered, 2),
  ),
  figure(
    '6.6',
    'Average variation margin paid a day',
    'each UTC day of ledger time that has events: the losses of all accounts whose positions lost, realised or not, funding included; here a loss counts at once and is not called in cycles',
    told(so.variation, 2)?.average,
  ),
  figure('6.7', 'Largest variation margin paid on a day', 'the largest of the same', told(so.variation, 2)?.peak),
]

const concentration = (pool: Pool, so: Observed): readonly Figure[] => {
  const accounts = [...pool.accounts.values()]
  return [
    figure('18.1', 'Participants', 'accounts, and of them those with positions, at the end', {
      accounts: accounts.length,
      withPositions: accounts.filter(({ positions }) => !positions.isEmpty()).length,
    }),
    figure(
      '18.2',
      'Concentration of open positions',
      'percent of the gross value of all positions that the largest five accounts hold',
      told(so.positionsOfFive, 2),
    ),
    figure(
      '18.3',
      'Concentration of initial margin',
      'percent of all initial margin that is required of the largest five accounts',
      told(so.marginOfFive, 2),
    ),
  ]
}

/** What is told beside the observations: where the period began, and the stress of 4.4 under recorded moves. */
interface Told {
  readonly first: Disclosure['from']
  readonly recorded: Figure
}

/** The figures of a period, from the pool at its end and what was observed meanwhile. */
export const figuresOf = (
  pool: Pool,
  so: Observed,
  { stress, interval_s, first, recorded }: DisclosureOptions & Told,
): Disclosure => ({
  pool: pool.name,
  ...(pool.settlementAsset === undefined ? {} : { asset: pool.settlementAsset }),
  from: first,
  to: { revision: pool.revision, at: formatTime(pool.at) },
  figures: [
    ...resources(pool),
    ...stresses(so, stress),
    recorded,
    ...margins(pool, so, interval_s),
    ...concentration(pool, so),
  ],
  notAnswered,
})

import {
  type Account,
  deficitOf,
  healthOf,
  houseBalance,
  insurance,
  type Pool,
  skinInTheGame,
} from '@novation/clearing'
import { add, type Decimal, format, max, subtract, sum, zero } from '@novation/decimal'
import { AmountText, Id, LiquidationId, oneOf, open, PoolParameters } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { read } from './read'

const WaterfallForm = open(
  'Waterfall',
  {
    frozen: t.boolean,
    layers: t.readonlyArray(
      open('Layer', { layer: oneOf('fund', 'skin-in-the-game', 'socialized'), paid: AmountText }, { left: AmountText }),
    ),
    terms: PoolParameters.required.waterfall,
    deficits: AmountText,
    uncovered: AmountText,
    defaults: t.readonlyArray(
      open(
        'Default',
        { deficit: AmountText, paid: open('PaidFor', { fund: AmountText, skinInTheGame: AmountText }) },
        { account: Id, liquidation: LiquidationId },
      ),
    ),
  },
  { asset: Id },
)

/** Everybody whose default is not over: under liquidation, or below zero. */
const inDefault = ({ accounts, liquidations, standing }: Pool): readonly Account[] =>
  [...new Set([...liquidations.values(), ...standing.bankrupt])].sort().flatMap((id) => accounts.get(id) ?? [])

interface Debt {
  readonly account: Account
  readonly deficit: Decimal
}

/** Of others than his own a trader is told what they lack and have cost, and not who they are. */
const defaultForm = ({ account, deficit }: Debt, own: string | undefined) => {
  const { id, liquidation, inDefault: cost } = account
  const names =
    own === undefined || own === id ? { account: id, ...(liquidation && { liquidation: liquidation.id }) } : {}
  return {
    ...names,
    deficit: format(deficit),
    paid: {
      fund: format(cost?.drawn.fund ?? zero),
      skinInTheGame: format(cost?.drawn.skinInTheGame ?? zero),
    },
  }
}

export const waterfall = read({
  path: '/waterfall',
  seenBy: 'public',
  summary: 'What each layer has left and has paid, and what each default lacks and has cost',
  query: {},
  answers: WaterfallForm,
  isList: false,
  isHeavy: false,
  read: ({ pool }, { own }) => {
    const { settlementAsset, losses, frozen, parameters } = pool
    const left = (name: string): Decimal => houseBalance(pool, name, settlementAsset ?? '')
    const [fund, skin] = [left(insurance), left(skinInTheGame)]
    const debts = inDefault(pool).map((account) => ({ account, deficit: deficitOf(healthOf(pool, account)) }))
    const deficits = sum(debts.map(({ deficit }) => deficit))
    return right({
      json: {
        ...(settlementAsset === undefined ? {} : { asset: settlementAsset }),
        frozen,
        layers: [
          { layer: 'fund', left: format(fund), paid: format(losses.insurance) },
          { layer: 'skin-in-the-game', left: format(skin), paid: format(losses.skinInTheGame) },
          { layer: 'socialized', paid: format(losses.socialized) },
        ],
        terms: parameters.waterfall,
        deficits: format(deficits),
        uncovered: format(max(zero, subtract(deficits, add(fund, skin)))),
        defaults: debts.map((debt) => defaultForm(debt, own)),
      },
    })
  },
})

import type { CommandType } from './commands'

const venue = ['OpenAccount', 'Deposit', 'Withdraw', 'ClearTrade', 'BidLiquidation'] as const
const oracle = [
  'PublishPrice',
  'PublishQuotes',
  'PublishObservations',
  'PublishForward',
  'PublishVolatility',
  'PublishCurve',
  'PayFunding',
  'SettleInstrument',
] as const

/** Everybody may: about keys for themselves, an operator for others too. */
const everybody = ['RegisterKey', 'RevokeKey', 'ReportEquivocation'] as const
const owner = ['BidLiquidation', 'Withdraw', 'SetConsent', 'CancelOrder', ...everybody] as const

/** Everybody there is who may send something (protocol, "Who may send what"). */
const may = {
  operator: [
    'AdoptIdentity',
    'RenewDomain',
    'RegisterAsset',
    'SetAssetParameters',
    'ListInstrument',
    'SetInstrumentParameters',
    'SetInstrumentState',
    'DelistInstrument',
    'SetPoolParameters',
    'SetIndex',
    'SetRiskModel',
    'BondSource',
    'ReleaseBond',
    'FundInsurance',
    'SettleExpiry',
    'SettleVariation',
    'BustTrade',
    ...venue,
    ...oracle,
    ...everybody,
  ],
  venue: [...venue, ...everybody],
  oracle: [...oracle, ...everybody],
  source: ['PublishQuotes', 'PublishObservations', ...everybody],
  trader: owner,
  keeper: owner,
  margin: ['CallMargin', 'CloseCall', 'CallDebit', 'CloseDebit', ...everybody],
  liquidator: ['StartLiquidation', 'EndLiquidation', 'Deleverage', 'CloseOut', ...everybody],
  insurance: ['CoverLoss', ...everybody],
  clock: ['PassTime', 'SettleInstrument', 'SettleExpiry', 'SettleVariation', ...everybody],
  gateway: [...everybody],
} as const satisfies Readonly<Record<string, readonly CommandType[]>>

export type Role = keyof typeof may

/** Who sends, as this house writes it. What comes from outside may be of a role that is not there: it is refused. */
export type Sender = Role | `${Role}:${string}`

/** What each role may send; a service's own commands are refused from anybody else. */
export const roles: Readonly<Record<Role, readonly CommandType[]>> = may

/** Roles that belong to the services of the mesh: nobody from outside speaks in their name. */
export const serviceRoles: readonly Role[] = ['margin', 'liquidator', 'insurance', 'clock', 'gateway']

const isRole = (word: string): word is Role => Object.hasOwn(may, word)

/** `keeper:backstop` is of the role `keeper` and of the name `backstop`. No role where there is none of that name. */
export const roleOf = (actor: string): Role | undefined => {
  const colon = actor.indexOf(':')
  const word = colon < 0 ? actor : actor.slice(0, colon)
  return isRole(word) ? word : undefined
}
export const nameOf = (actor: string): string | undefined =>
  actor.includes(':') ? actor.slice(actor.indexOf(':') + 1) : undefined

/** Whether an actor is a service of the mesh itself. */
export const isService = (actor: string): boolean => serviceRoles.some((role) => role === roleOf(actor))

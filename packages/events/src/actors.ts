import type { CommandType } from './commands'

const venue: readonly CommandType[] = ['OpenAccount', 'Deposit', 'Withdraw', 'ClearTrade', 'BidLiquidation']
const oracle: readonly CommandType[] = ['PublishPrice', 'PayFunding']

const may: Readonly<Record<string, readonly CommandType[]>> = {
  operator: [
    'RegisterAsset',
    'ListInstrument',
    'SetPoolParameters',
    'FundInsurance',
    'SettleInstrument',
    ...venue,
    ...oracle,
  ],
  venue,
  oracle,
  trader: ['BidLiquidation'],
  keeper: ['BidLiquidation'],
  margin: ['CallMargin', 'CloseCall'],
  liquidator: ['StartLiquidation', 'EndLiquidation', 'Deleverage'],
  insurance: ['CoverLoss'],
  clock: ['PassTime'],
}

/**
 * What each role may send; a service's own commands are refused from anybody else (protocol, "Who may send what").
 * It inherits nothing, so the role `constructor` is as unknown as any other.
 */
export const roles: typeof may = Object.assign(Object.create(null), may)

/** Roles that belong to the services of the mesh: nobody from outside speaks in their name. */
export const serviceRoles: readonly string[] = ['margin', 'liquidator', 'insurance', 'clock']

/** `keeper:backstop` is of the role `keeper` and of the name `backstop`. */
export const roleOf = (actor: string): string => actor.split(':', 1)[0] ?? actor
export const nameOf = (actor: string): string | undefined =>
  actor.includes(':') ? actor.slice(actor.indexOf(':') + 1) : undefined

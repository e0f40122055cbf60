import { add, decimal, zero } from '@novation/decimal'
import { type EventData, parseTime } from '@novation/events'
import { backstop } from './names'
import { type Account, type Default, type Liquidation, noDefault, type Pool, type Stage } from './pool'

const changeLiquidation = (pool: Pool, id: string, change: (open: Liquidation) => Liquidation): Pool => {
  const account = accountOf(pool, id)
  if (account?.liquidation === undefined) throw new RangeError(`an event names liquidation ${id}, which is not open`)
  return {
    ...pool,
    accounts: pool.accounts.set(account.id, { ...account, liquidation: change(account.liquidation) }),
    standing: { ...pool.standing, touched: pool.standing.touched.add(account.id) },
  }
}

const accountOf = (pool: Pool, liquidation: string): Account | undefined => {
  const id = pool.liquidations.get(liquidation)
  return id === undefined ? undefined : pool.accounts.get(id)
}

export const applyStarted = (pool: Pool, data: EventData<'LiquidationStarted'>): Pool => {
  const account = pool.accounts.get(data.account)
  if (account === undefined) throw new RangeError(`a liquidation names account ${data.account}, which was never opened`)
  const liquidation: Liquidation = {
    id: data.liquidation,
    stage: 'auction',
    auctionFrom: pool.at,
    ends: parseTime(data.ends),
    solvent: data.solvent,
    kept: zero,
    terms: data.terms,
  }
  const margins = data.positions.map(({ maintenanceMargin }) => decimal(maintenanceMargin))
  const inDefault: Default = { ...noDefault, margins }
  return {
    ...pool,
    liquidations: pool.liquidations.set(data.liquidation, account.id),
    accounts: pool.accounts.set(account.id, {
      ...account,
      liquidation,
      inDefault,
      liquidations: account.liquidations + 1,
    }),
    standing: { ...pool.standing, touched: pool.standing.touched.add(account.id) },
  }
}

/** The auction begins anew: nothing is kept from the fills before (risk 4.3). */
export const applyRestarted = (pool: Pool, data: EventData<'AuctionRestarted'>): Pool =>
  changeLiquidation(pool, data.liquidation, (open) => ({
    ...open,
    stage: 'auction',
    auctionFrom: pool.at,
    ends: parseTime(data.ends),
    solvent: data.solvent,
    kept: zero,
  }))

/** The backstop's turn ends with its fill. */
export const applyLiquidated = (pool: Pool, data: EventData<'Liquidated'>): Pool =>
  changeLiquidation(pool, data.liquidation, (open) => ({
    ...open,
    kept: decimal(data.kept),
    stage: open.stage === 'backstop' && data.bidder === backstop ? 'deleverage' : open.stage,
  }))

/** Counted for as long as the default is not over: a liquidation is open, or a debt is left. */
export const applyDrawn = (pool: Pool, { defaulter, layer, amount }: EventData<'InsuranceDrawn'>): Pool => {
  const account = pool.accounts.get(defaulter)
  if (account === undefined) throw new RangeError(`a draw names account ${defaulter}, which was never opened`)
  if (account.liquidation === undefined && account.owing === undefined) return pool
  const { margins, drawn } = account.inDefault ?? noDefault
  const so =
    layer === 'fund'
      ? { ...drawn, fund: add(drawn.fund, decimal(amount)) }
      : { ...drawn, skinInTheGame: add(drawn.skinInTheGame, decimal(amount)) }
  return { ...pool, accounts: pool.accounts.set(defaulter, { ...account, inDefault: { margins, drawn: so } }) }
}

export const applyEnded = (pool: Pool, data: EventData<'LiquidationEnded'>): Pool => {
  const account = accountOf(pool, data.liquidation)
  if (account === undefined) throw new RangeError(`liquidation ${data.liquidation} ends, but is not open`)
  const { liquidation: _, inDefault, ...rest } = account
  return {
    ...pool,
    liquidations: pool.liquidations.delete(data.liquidation),
    accounts: pool.accounts.set(
      account.id,
      inDefault === undefined || account.owing === undefined ? rest : { ...rest, inDefault },
    ),
    standing: { ...pool.standing, touched: pool.standing.touched.add(account.id) },
  }
}

/** A stage only ever moves on: a time that passes for a liquidation already past it changes nothing. */
export const moveStage = (pool: Pool, id: string, stage: Exclude<Stage, 'auction'>): Pool =>
  accountOf(pool, id)?.liquidation === undefined
    ? pool
    : changeLiquidation(pool, id, (open) => (open.stage === 'deleverage' ? open : { ...open, stage }))

import type { Command, CommandType } from '@novation/events'
import { callMargin } from '../calls/call-margin'
import { closeCall } from '../calls/close-call'
import { deposit } from '../collateral/deposit'
import { fundInsurance } from '../collateral/fund-insurance'
import { openAccount } from '../collateral/open-account'
import { withdraw } from '../collateral/withdraw'
import type { Decide, Decision } from '../decision'
import { bidLiquidation } from '../liquidation/bid'
import { deleverage } from '../liquidation/deleverage'
import { endLiquidation } from '../liquidation/end'
import { startLiquidation } from '../liquidation/start'
import { coverLoss } from '../losses/cover-loss'
import { listInstrument } from '../market/list-instrument'
import { publishPrice } from '../market/publish-price'
import { registerAsset } from '../market/register-asset'
import { setPoolParameters } from '../market/set-pool-parameters'
import type { Pool } from '../state/pool'
import { passTime } from '../time/pass-time'
import { clearTrade } from '../trading/clear-trade'
import { payFunding } from '../trading/pay-funding'
import { settleInstrument } from '../trading/settle-instrument'

/** A change of the rules is a new number; every event names the one it was decided by (protocol 21). */
export const decider = 1

const decisions: { readonly [K in CommandType]: Decide<K> } = {
  RegisterAsset: registerAsset,
  ListInstrument: listInstrument,
  SetPoolParameters: setPoolParameters,
  OpenAccount: openAccount,
  Deposit: deposit,
  Withdraw: withdraw,
  FundInsurance: fundInsurance,
  PublishPrice: publishPrice,
  ClearTrade: clearTrade,
  BidLiquidation: bidLiquidation,
  CallMargin: callMargin,
  CloseCall: closeCall,
  StartLiquidation: startLiquidation,
  EndLiquidation: endLiquidation,
  Deleverage: deleverage,
  CoverLoss: coverLoss,
  PassTime: passTime,
  PayFunding: payFunding,
  SettleInstrument: settleInstrument,
}

/** What happens if this is asked now (`pool.at`): the events, or why not. Pure; the pool must be judged. */
export const decide = (pool: Pool, { type, data, actor }: Command): Decision =>
  (decisions[type] as (pool: Pool, data: Command['data'], actor: string) => Decision)(pool, data, actor)

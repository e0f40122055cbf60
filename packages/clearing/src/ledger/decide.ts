import type { Command, CommandType, Millis } from '@novation/events'
import { callDebit } from '../calls/call-debit'
import { callMargin } from '../calls/call-margin'
import { closeCall } from '../calls/close-call'
import { closeDebit } from '../calls/close-debit'
import { deposit } from '../collateral/deposit'
import { fundInsurance } from '../collateral/fund-insurance'
import { openAccount } from '../collateral/open-account'
import { withdraw } from '../collateral/withdraw'
import { type Decide, type Decision, type Draft, draftOn, type Made } from '../decision'
import { adoptIdentity } from '../identity/adopt-identity'
import { cancelOrder } from '../identity/cancel-order'
import { registerKey } from '../identity/register-key'
import { renewDomain } from '../identity/renew-domain'
import { revokeKey } from '../identity/revoke-key'
import { setConsent } from '../identity/set-consent'
import { signingKeys } from '../identity/signers'
import { bidLiquidation } from '../liquidation/bid'
import { closeOut } from '../liquidation/close-out'
import { deleverage } from '../liquidation/deleverage'
import { endLiquidation } from '../liquidation/end'
import { startLiquidation } from '../liquidation/start'
import { coverLoss } from '../losses/cover-loss'
import { delistInstrument } from '../market/delist-instrument'
import { listInstrument } from '../market/list-instrument'
import { publishPrice } from '../market/publish-price'
import { registerAsset } from '../market/register-asset'
import { setAssetParameters } from '../market/set-asset-parameters'
import { setInstrumentParameters } from '../market/set-instrument-parameters'
import { setInstrumentState } from '../market/set-instrument-state'
import { setPoolParameters } from '../market/set-pool-parameters'
import { publishCurve } from '../options/publish-curve'
import { publishForward } from '../options/publish-forward'
import { publishVolatility } from '../options/publish-volatility'
import { setRiskModel } from '../options/set-risk-model'
import { settleExpiry } from '../options/settle-expiry'
import { settleVariation } from '../options/settle-variation'
import { bondSource, releaseBond } from '../oracle/bonds'
import { publishObservations } from '../oracle/publish-observations'
import { publishQuotes } from '../oracle/publish-quotes'
import { reportEquivocation } from '../oracle/report-equivocation'
import { setIndex } from '../oracle/set-index'
import type { Book } from '../state/book'
import { judge } from '../state/judge'
import { passTime } from '../time/pass-time'
import { bustTrade } from '../trading/bust-trade'
import { clearTrade } from '../trading/clear-trade'
import { payFunding } from '../trading/pay-funding'
import { settleInstrument } from '../trading/settle-instrument'
import { rehearse } from './rehearse'

const decisions: { readonly [K in CommandType]: Decide<K> } = {
  RegisterAsset: registerAsset,
  SetAssetParameters: setAssetParameters,
  ListInstrument: listInstrument,
  SetInstrumentParameters: setInstrumentParameters,
  SetInstrumentState: setInstrumentState,
  DelistInstrument: delistInstrument,
  SetPoolParameters: setPoolParameters,
  OpenAccount: openAccount,
  Deposit: deposit,
  Withdraw: withdraw,
  FundInsurance: fundInsurance,
  PublishPrice: publishPrice,
  SetIndex: setIndex,
  PublishQuotes: publishQuotes,
  SetRiskModel: setRiskModel,
  PublishForward: publishForward,
  PublishVolatility: publishVolatility,
  PublishCurve: publishCurve,
  PublishObservations: publishObservations,
  ReportEquivocation: reportEquivocation,
  BondSource: bondSource,
  ReleaseBond: releaseBond,
  ClearTrade: clearTrade,
  BustTrade: bustTrade,
  BidLiquidation: bidLiquidation,
  CallMargin: callMargin,
  CloseCall: closeCall,
  CallDebit: callDebit,
  CloseDebit: closeDebit,
  StartLiquidation: startLiquidation,
  EndLiquidation: endLiquidation,
  Deleverage: deleverage,
  CloseOut: closeOut,
  CoverLoss: coverLoss,
  PassTime: passTime,
  PayFunding: payFunding,
  SettleInstrument: settleInstrument,
  SettleExpiry: settleExpiry,
  SettleVariation: settleVariation,
  SetConsent: setConsent,
  CancelOrder: cancelOrder,
  AdoptIdentity: adoptIdentity,
  RenewDomain: renewDomain,
  RegisterKey: registerKey,
  RevokeKey: revokeKey,
}

type Who = readonly [actor: string, signedBy: readonly string[]]

/** What happens if this is asked now (`pool.at`): recorded in the draft, or why not. The pool must be judged. */
export const decide = (draft: Draft, command: Command): Decision => {
  const { type, data, actor } = command
  return (decisions[type] as (draft: Draft, data: Command['data'], ...who: Who) => Decision)(
    draft,
    data,
    actor,
    signingKeys(command),
  )
}

/** What would come of it, and the events it would make; nothing does. */
export const foresee = (
  book: Book,
  command: Command,
  at: Millis = book.at,
): { readonly decision: Decision; readonly made: readonly Made[] } =>
  rehearse(book, () => {
    book.set(book, 'at', at)
    const draft = draftOn(judge(book))
    return { decision: decide(draft, command), made: draft.made }
  })

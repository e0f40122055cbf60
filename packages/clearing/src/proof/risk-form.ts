import type { Covered, Surface, VolatilityTerms } from '@novation/risk'
import {
  type CurveNow,
  type ExpiryNow,
  type ForwardNow,
  type HeldForward,
  type MarketNow,
  type ModelOf,
  modelOf,
  type Risk,
  type SurfaceNow,
} from '../state/risk'
import { type Form, list, money, plain, record, table } from './forms'

/** What follows from the rest is no state. */
export type RiskState = Omit<Risk, 'valuations'>

type Smile = Exclude<VolatilityTerms['svi'], undefined>
type Points = Exclude<VolatilityTerms['points'], undefined>

const svi = record<Smile>({ a: money, b: money, rho: money, m: money, sigma: money })
const points = list(record<Points[number]>({ strike: money, volatility: money }))

const volatility: Form<VolatilityTerms> = {
  write: (of) => (of.svi === undefined ? { points: points.write(of.points) } : { svi: svi.write(of.svi) }),
  read: ({ svi: smile, points: listed }: { readonly svi?: never; readonly points?: never }) =>
    smile === undefined ? { points: points.read(listed as never) } : { svi: svi.read(smile) },
}

const covered = record<Covered>({ to: plain(), covered_ms: plain(), integral: money })

/** What options are marked and margined by. */
export const riskForm = record<RiskState>({
  models: table<ModelOf>({ write: ({ said }) => said, read: (json) => modelOf(json) }),
  markets: table(
    record<MarketNow>({
      asOf: plain(),
      expiries: table(
        record<ExpiryNow>({
          at: plain(),
          forward: record<ForwardNow>({ price: money, index: money, observedAt: plain() }),
          held: record<HeldForward>({ price: money, index: money, since: plain(), observedAt: plain() }),
          volatility: record<SurfaceNow>({
            surface: record<Surface>({ volatility, forward: money, tau_ms: plain() }),
            observedAt: plain(),
          }),
          covered,
          counted: covered,
          fixing: money,
        }),
      ),
    }),
  ),
  curves: table(
    record<CurveNow>({
      points: list(record<CurveNow['points'][number]>({ days: plain(), discount: money })),
      observedAt: plain(),
    }),
  ),
  told: table(plain()),
})

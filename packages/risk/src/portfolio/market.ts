import { type Decimal, halfEvenRatio, multiply, ratio } from '@novation/decimal'
import type { CurvePoint } from './curve'
import { toDouble } from './double'
import type { Surface } from './surface'

/** A European option, settled in cash, exercised by itself. */
export interface Series {
  /** Of its instrument: no other series has it. */
  readonly id: string
  readonly underlying: string
  readonly expiry_ms: number
  readonly strike: Decimal
  readonly optionType: 'call' | 'put'
}

/** What was published of an expiry, as it was accepted. */
export interface ExpiryInputs {
  /** Its last forward, and the index as it then was. */
  readonly forward: { readonly price: Decimal; readonly index: Decimal }
  readonly surface: Surface
  /** Once the index is averaged for the fixing: its integral over the time covered so far, and how much of the window is left. */
  readonly window?: { readonly integral: Decimal; readonly left_ms: number; readonly twap_ms: number } | undefined
}

/** All that the mark of an option depends on: facts that events recorded, and no clock. */
export interface UnderlyingInputs {
  readonly index: Decimal
  /** Ledger time of the last event of the underlying's market. */
  readonly asOf_ms: number
  /** By the time of the expiry. */
  readonly expiries: ReadonlyMap<number, ExpiryInputs>
  /** None: what is due later is worth as much as now. */
  readonly curve?: readonly CurvePoint[] | undefined
}

/** A forward as its part that is fixed already and its part that moves with the index. */
export interface Forward {
  readonly fixed: number
  readonly floating: number
}

/** `F = price*index/index_then`; in the window before the fixing `integral/twap + F*left/twap`, of which only the second part moves. */
export const forwardIn = (index: Decimal, { forward, window }: Omit<ExpiryInputs, 'surface'>): Forward => {
  const whole = (toDouble(forward.price) * toDouble(index)) / toDouble(forward.index)
  if (window === undefined) return { fixed: 0, floating: whole }
  return { fixed: toDouble(window.integral) / window.twap_ms, floating: (whole * window.left_ms) / window.twap_ms }
}

const places = 12

/** The forward between its ticks as a decimal, to fix a surface by: `price*index/index_then`, 12 places, half to even. */
export const forwardAt = (index: Decimal, { price, index: then }: ExpiryInputs['forward']): Decimal =>
  halfEvenRatio(ratio(multiply(price, index), then), places)

import type { Answer } from '@novation/client'
import { isNegative, less, readable, size } from './amounts'

type Margin = Answer<'margin'>

/** Where an account stands against its lines, in a sentence. */
export const distance = ({
  worst,
  best,
  initialMargin,
  maintenanceMargin,
  room,
  missing,
  positions,
}: Margin): string => {
  if (isNegative(worst) && missing === undefined) {
    const held = positions.length === 0 ? 'so are its positions' : `its positions need ${readable(maintenanceMargin)}`
    return `It lacks ${readable(size(worst))}: its collateral is gone, and ${held}.`
  }
  if (positions.length === 0) return `It holds no position, and ${readable(best)} that could leave.`
  const over = isNegative(room) ? `${readable(less('0', room))} below` : `${readable(room)} above`
  const worth =
    missing === undefined ? readable(best) : `between ${readable(worst)} and ${readable(best)}, as prices are old`
  return `It is worth ${worth}: ${over} its maintenance margin of ${readable(maintenanceMargin)}; new risk needs ${readable(initialMargin)}.`
}

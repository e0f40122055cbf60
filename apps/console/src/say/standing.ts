import type { Answer } from '@novation/client'
import { isZero, readable } from './amounts'
import { count } from './counts'

/** How the house stands: a shape and a word for it, the sentence, and what more there is to say. */
export interface Standing {
  readonly tone: 'well' | 'watched' | 'short'
  readonly headline: string
  readonly sentence: string
}

/**
 * Whether the house can pay, said before any figure: from the pool's summary and its waterfall at one revision. Whoever reads only this
 * line knows what matters.
 */
export const standingOf = (summary: Answer<'summary'>, waterfall: Answer<'waterfall'>): Standing => {
  const unit = summary.settlementAsset ?? ''
  const [fund, skin] = [summary.insurance, summary.skinInTheGame]
  const layers = `the fund holds ${readable(fund)}, the operator's tranche ${readable(skin)}`
  const below = `${count(summary.bankrupt, 'account is', 'accounts are')} below zero by ${readable(waterfall.deficits)}`
  const stopped = summary.frozen ? ' Withdrawals leave a part behind.' : ''
  if (!isZero(waterfall.uncovered))
    return {
      tone: 'short',
      headline: `Short by ${readable(waterfall.uncovered)} ${unit}`,
      sentence: `${below}; ${layers}.${stopped}`,
    }
  if (summary.bankrupt > 0)
    return { tone: 'watched', headline: 'Every loss is covered', sentence: `${below}; ${layers}.${stopped}` }
  if (summary.liquidations > 0 || summary.frozen)
    return {
      tone: 'watched',
      headline: 'Solvent',
      sentence: `${count(summary.liquidations, 'account is', 'accounts are')} being liquidated, none is below zero; ${layers}.${stopped}`,
    }
  return {
    tone: 'well',
    headline: 'Solvent',
    sentence: `No account is below zero and none is being liquidated; ${layers}.`,
  }
}

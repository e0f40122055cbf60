import type { Margin, Source, Sources } from '@novation/audit'
import { readable } from './amounts'

const at = (source: Source | undefined): string => (source === undefined ? '' : ` [${source.revision}]`)

/** The revisions a figure comes from, after what stood before the story; of many, the last few. */
const from = ({ count, events, carried }: Sources): string => {
  const last = events.slice(-6).map(({ revision }) => revision)
  const read = count === 0 ? [] : [`${count > last.length ? `${count} events, the last at ` : ''}${last.join(', ')}`]
  const sources = [...(carried === undefined ? [] : [`${carried} before`]), ...read]
  return sources.length === 0 ? '' : ` [${sources.join(', ')}]`
}

/** What an option is marked and margined by. */
const markedBy = ({ from: sources }: Margin['positions'][number]): string => {
  const { index, forward, volatility, model } = sources
  const inputs = Object.entries({ index, forward, volatility, model }).flatMap(([name, source]) =>
    source === undefined ? [] : [`${name}${at(source)}`],
  )
  return inputs.length === 0 ? '' : `, by ${inputs.join(', ')}`
}

/** How one requirement over a portfolio comes about. */
const together = ({ portfolio }: Margin): readonly string[] => {
  if (portfolio === undefined) return []
  const { alone, offset, scan, underlyings } = portfolio
  const worst = underlyings.map(
    ({ underlying, alone: own, binding, contingency }) =>
      `${underlying} ${readable(own)} at ${binding}, and ${readable(contingency)} beside`,
  )
  return [
    `portfolio    ${worst.join('; ')}; alone ${readable(alone)}, offset ${readable(offset)}, scan ${readable(scan)}`,
  ]
}

/** The numbers of a margin, each with the revisions it comes from in brackets. */
export const describeMargin = (margin: Margin, indent: string): string => {
  const collateral = margin.collateral.map(
    ({ asset, amount, from: sources, price }) =>
      `collateral   ${readable(amount)} ${asset}${from(sources)}${at(price)}`,
  )
  const positions = margin.positions.map(
    (position) =>
      `position     ${position.quantity} ${position.instrument}${from(position.from.trades)}, cost ${readable(position.cost)}, mark ${position.mark}${at(position.from.mark)}: ` +
      `profit ${readable(position.unrealizedPnl)}, funding ${readable(position.accruedFunding)}${at(position.from.funding)}, ` +
      `maintenance ${readable(position.maintenanceMargin)}, initial ${readable(position.initialMargin)}${at(position.from.terms)}${markedBy(position)}`,
  )
  const unseen =
    margin.missing === undefined
      ? ''
      : ` (without a price of ${margin.missing.join(', ')}: from ${readable(margin.worst ?? margin.equity)} at the worst to ${readable(margin.best ?? margin.equity)} at the best)`
  const sum = `equity ${readable(margin.equity)}${unseen} against maintenance ${readable(margin.maintenanceMargin)}, initial ${readable(margin.initialMargin)}: ${margin.status}`
  return [...collateral, ...positions, ...together(margin), sum].map((line) => `${indent}${line}\n`).join('')
}

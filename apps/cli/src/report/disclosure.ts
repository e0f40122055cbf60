import type { Disclosure, Figure } from '@novation/audit'

const said = (value: unknown): string => {
  if (value === null) return 'nothing was observed'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(said).join('; ')
  return Object.entries(value)
    .map(([name, one]) => `${name} ${said(one)}`)
    .join(', ')
}

const figure = ({ reference, title, meaning, value }: Figure): string =>
  `${reference.padEnd(8)}${title}: ${said(value)}\n        ${meaning}\n`

/** The disclosure in words, figure by figure, and what it leaves out. */
export const describeDisclosure = ({ pool, asset, from, to, figures, notAnswered }: Disclosure): string =>
  [
    `Pool ${pool}, revisions ${from.revision} to ${to.revision} (${from.at} to ${to.at}); amounts in ${asset ?? 'no asset yet'}.\n`,
    'Figures of the public quantitative disclosure standards for central counterparties (CPMI-IOSCO, 2015), as this ledger answers them.\n\n',
    ...figures.map(figure),
    '\nNot answered by a ledger:\n',
    ...notAnswered.map(({ reference, why }) => `  ${reference}: ${why}\n`),
  ].join('')

import type { Changed, WhatIf } from '@novation/audit'
import { counted, readable } from './amounts'
import { table } from './table'

const shown = 10

const names = (ids: readonly string[]): string => {
  const more = ids.length - 5
  return ids.length === 0 ? '' : `${ids.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const happened = {
  called: 'called',
  missed: 'call not met',
  liquidated: 'liquidated',
  deleveraged: 'deleveraged',
  haircut: 'haircut',
} as const
const paid = {
  skinInTheGame: 'operator (skin in the game)',
  insurance: 'insurance fund',
  socialized: 'everybody in profit (haircut)',
  uncovered: 'nobody yet',
} as const

const commands = (title: string, { count, commands: all }: WhatIf['refused']): string => {
  if (count === 0) return ''
  const line = ({ revision, actor, type, id, code }: Changed): string =>
    `  ${revision}: ${type} ${id} of ${actor}${code === undefined ? '' : `: ${code}`}\n`
  const more = count > shown ? `  … and ${count - shown} more; all of them with --output=json.\n` : ''
  return `${title}:\n${all.slice(0, shown).map(line).join('')}${more}`
}

/** A what-if in words: the two histories beside each other. */
export const describeWhatIf = (found: WhatIf): string => {
  const { recorded, new: other } = found
  const accounts = Object.entries(happened).map(([key, what]) => {
    const [was, is] = [recorded[key as keyof typeof happened], other[key as keyof typeof happened]]
    const since = is.filter((id) => !was.includes(id))
    const spared = was.filter((id) => !is.includes(id))
    return [what, String(was.length), String(is.length), names(since), names(spared)]
  })
  const layers = Object.entries(paid).map(([key, who]) => [
    who,
    readable(recorded.losses[key as keyof typeof paid]),
    readable(other.losses[key as keyof typeof paid]),
  ])
  return [
    `Pool ${found.pool}: ${counted(found.commands, 'command')} of revisions ${found.from} to ${found.to} decided twice, with the recorded and with the new parameters.`,
    found.sameAsLedger
      ? 'With the recorded parameters this is the ledger, event for event.\n'
      : 'With the recorded parameters this is not the ledger event for event, in which others asked while the services still reacted; compare the two columns with each other.\n',
    table(['accounts', 'recorded#', 'new#', 'only under the new', 'only under the recorded'], accounts),
    table(['losses paid by', 'recorded#', 'new#'], layers),
    recorded.frozen_s + other.frozen_s === 0
      ? ''
      : `The pool was frozen for ${counted(recorded.frozen_s, 'second')}, and would be for ${counted(other.frozen_s, 'second')}.\n`,
    commands(`${counted(found.refused.count, 'command')} accepted then would be refused`, found.refused),
    commands(`${counted(found.newlyAccepted.count, 'command')} refused then would be accepted`, found.newlyAccepted),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

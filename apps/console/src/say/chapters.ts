import type { Row } from '../model/course'
import { compare, isZero } from './amounts'

/** Something that happens for the first time: what, when, and where to look. */
export interface Chapter {
  readonly name: string
  readonly revision: number
  readonly at: string
  readonly says: string
  readonly look: 'accounts' | 'liquidations' | 'waterfall' | 'overview'
}

const kinds: readonly (Omit<Chapter, 'revision' | 'at'> & { readonly begins: (row: Row) => boolean })[] = [
  {
    name: 'first call',
    says: 'The first account stands below its initial margin and is called: it may bring collateral before a deadline. Look who is near the line.',
    look: 'accounts',
    begins: ({ marginCalls }) => marginCalls > 0,
  },
  {
    name: 'first auction',
    says: 'The first account stands below its maintenance margin and is sold by auction: the longer nobody bids, the more a bidder gets.',
    look: 'liquidations',
    begins: ({ liquidations }) => liquidations > 0,
  },
  {
    name: 'below zero',
    says: 'The first account has lost more than it had: whoever takes it over is paid out of the layers of the waterfall.',
    look: 'waterfall',
    begins: ({ bankrupt }) => bankrupt > 0,
  },
  {
    name: 'short',
    says: 'Accounts below zero lack more than the layers hold: if nobody bids, those in profit will bear the rest.',
    look: 'overview',
    begins: ({ deficits, prefunded }) => compare(deficits, prefunded) > 0,
  },
  {
    name: 'frozen',
    says: 'Withdrawals leave a part behind now: what may be missing is kept until it is known who bears it.',
    look: 'overview',
    begins: ({ frozen }) => frozen,
  },
  {
    name: 'the fund is empty',
    says: 'The operator’s tranche and the fund are used up.',
    look: 'waterfall',
    begins: ({ prefunded, bankrupt }) => isZero(prefunded) && bankrupt > 0,
  },
]

const deleveraging = {
  name: 'deleveraging',
  says: 'Nobody took what was on offer: it is closed at the mark against those in profit, whoever profits most with most at stake first.',
  look: 'liquidations',
} as const

/** What has happened for the first time so far, in order; `deleveraged` is the first event of that kind, where there is one. */
export const chaptersOf = (
  rows: readonly Row[],
  deleveraged: { readonly revision: number; readonly at: string } | undefined,
): readonly Chapter[] => {
  const begun = kinds.flatMap(({ begins, ...kind }) => {
    const row = rows.find(begins)
    return row === undefined ? [] : [{ ...kind, revision: row.revision, at: row.at }]
  })
  const all = deleveraged === undefined ? begun : [...begun, { ...deleveraging, ...deleveraged }]
  return all.sort((a, b) => a.revision - b.revision)
}

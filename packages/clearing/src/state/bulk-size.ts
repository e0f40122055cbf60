/** Work that may touch more accounts than one append holds (protocol 12). */
export type Work = 'settlement' | 'loss' | 'deleveraging'

/**
 * How many accounts are touched by one append: at most 1,000 postings and 512 KiB (protocol 12). A settled position makes
 * up to eight postings, and an event of its own costs about a kilobyte, so this many stay within both.
 */
export const chunkSize = 120

/** How many closes: each makes up to 22 postings, both sides' and the funding due before, and some four kilobytes. */
export const closesAtOnce = 45

/** How much one append does at most. */
export interface PartSizes {
  readonly accounts: number
  readonly closes: number
}

/** Those of every ledger there is; smaller ones are for tests, in which work in parts is to be common. */
export const partSizes: PartSizes = { accounts: chunkSize, closes: closesAtOnce }

/** How many entries of a bulk are done at once. */
export const partSize = ({ accounts, closes }: PartSizes, work: Work): number =>
  work === 'deleveraging' ? closes : accounts

import type { Bulk } from './pool'

/**
 * How many accounts are touched by one append: at most 1,000 postings and 512 KiB (protocol 12). A settled position makes
 * up to eight postings, and an event of its own costs about a kilobyte, so this many stay within both.
 */
export const chunkSize = 120

/** How many closes: each makes up to 22 postings, both sides' and the funding due before, and some four kilobytes. */
export const closesAtOnce = 45

/** How many entries of a bulk are done at once. */
export const partSize = (what: Bulk['what']): number => (what === 'deleveraging' ? closesAtOnce : chunkSize)

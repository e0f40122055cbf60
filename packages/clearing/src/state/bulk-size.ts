/**
 * How many accounts are touched by one append: at most 1,000 postings and 512 KiB (protocol 12). A settled position makes
 * up to eight postings, and an event of its own costs about a kilobyte, so this many stay within both.
 */
export const chunkSize = 120

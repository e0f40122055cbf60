/** Work that may touch more accounts than one append holds (protocol 12). */
export type Work = 'settlement' | 'loss' | 'deleveraging' | 'expiry' | 'variation'

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

const partSize = ({ accounts, closes }: PartSizes, work: Work): number => (work === 'deleveraging' ? closes : accounts)

/** How many entries of a bulk are done at once: one at the least, however many positions that is about. */
export const partOf = (
  parts: PartSizes,
  { what, remaining }: { readonly what: Work; readonly remaining: readonly { readonly positions?: number }[] },
): number => {
  const most = partSize(parts, what)
  let [entries, touched] = [0, 0]
  for (const { positions = 1 } of remaining) {
    if (entries > 0 && touched + positions > most) break
    touched += positions
    entries += 1
    if (touched >= most) break
  }
  return entries
}

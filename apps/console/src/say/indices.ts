import type { Item } from '@novation/client'
import { exactly } from './amounts'
import { count } from './counts'

export type Index = Item<'indices'>
export type Source = Index['sources'][number]

/** The shape, the tone and the word for how a source counts. */
export const countingOf = ({ counts, quotedAt }: Source): readonly [string, string, string] => {
  if (counts === 'suspended') return ['✕', 'short', 'suspended: it has signed two truths']
  if (quotedAt === undefined) return ['·', 'dim', 'has said nothing yet']
  return counts === 'half' ? ['◐', 'watched', 'counts by half: it was off'] : ['○', 'well', 'counts in full']
}

const why = { band: 'it is outside its band', deviation: 'it is too far from the last one' } as const

/** Whether an index is believed, said before its figures. */
export const beliefIn = ({
  index,
  price,
  held,
  stale,
  sources,
  quorum,
}: Index): { readonly tone: 'well' | 'watched'; readonly sentence: string } => {
  if (held !== undefined)
    return {
      tone: 'watched',
      sentence: `${index}: a price of ${exactly(held.price)} is held, for ${why[held.why]}, until another confirms it.`,
    }
  if (price === undefined) return { tone: 'watched', sentence: `${index} has no price yet.` }
  if (stale) return { tone: 'watched', sentence: `The price of ${index} is too old to deal by.` }
  const lessened = sources.filter(({ counts }) => counts !== 'full').length
  return {
    tone: lessened === 0 ? 'well' : 'watched',
    sentence:
      lessened === 0
        ? `${index} is made by ${count(sources.length, 'source')}, of which ${quorum} are needed; all count in full.`
        : `${index} is made by ${count(sources.length, 'source')}, of which ${quorum} are needed; ${count(lessened, 'counts', 'count')} for less.`,
  }
}

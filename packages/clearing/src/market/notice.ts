import { formatTime } from '@novation/events'
import { type Decision, reject } from '../decision'
import type { Asset, Instrument } from '../state/pool'
import { nextTerms } from '../state/term-changes'

/** So many terms of before count beside the new ones, at most: each holder is held to all of them. */
const mostFormer = 16

/** Why the margin of an instrument, or the haircut of an asset, is not changed once more: as many changes as may be are under notice. */
export const tooManyChanges = (changing: Instrument | Asset): Decision | undefined => {
  const next = nextTerms(changing)
  if (next === undefined || changing.former.length < mostFormer) return undefined
  const what = changing.kind === 'asset' ? 'haircut' : 'margin'
  return reject(
    'too-soon',
    `${changing.id} has had ${mostFormer} changes of ${what} under notice; again from ${formatTime(next)} on`,
  )
}

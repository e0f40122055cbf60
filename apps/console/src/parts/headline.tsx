import type { Answer } from '@novation/client'
import { useState } from 'preact/hooks'
import type { Known } from '../model/answers'
import { addressOf, moved } from '../model/place'
import { place, revision } from '../model/session'
import { standingOf } from '../say/standing'
import { copy, origin } from '../world'
import { Tone } from './status'

const CopyLink = () => {
  const [isCopied, setCopied] = useState(false)
  const here = place.value
  if (here === undefined) return null
  const take = (): void => {
    void copy(origin() + addressOf(moved(here, revision.value))).then(() => setCopied(true))
  }
  return (
    <button type="button" onClick={take}>
      {isCopied ? 'Copied' : 'Copy link to this moment'}
    </button>
  )
}

/** How the house stands, said before any figure. */
export const Headline = ({
  summary,
  waterfall,
}: {
  readonly summary: Known<Answer<'summary'>>
  readonly waterfall: Known<Answer<'waterfall'>>
}) => {
  const standing = summary.data && waterfall.data && standingOf(summary.data, waterfall.data)
  return (
    <div class="headline" aria-live="polite">
      {standing === undefined ? (
        <h1 class="dim">Asking how the house stands …</h1>
      ) : (
        <>
          <h1>
            <Tone of={standing.tone} /> {standing.headline}
          </h1>
          <p>{standing.sentence}</p>
        </>
      )}
      <span class="spacer" />
      <CopyLink />
    </div>
  )
}

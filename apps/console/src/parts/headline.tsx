import type { Answer } from '@novation/client'
import type { Known } from '../model/answers'
import { standingOf } from '../say/standing'
import { Tone } from './status'

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
    </div>
  )
}

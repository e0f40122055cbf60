import type { Answer } from '@novation/client'
import { standingOf } from '../say/standing'
import { Tone } from './status'

/** What the house is told by: both of one moment. */
export interface House {
  readonly summary: Answer<'summary'>
  readonly waterfall: Answer<'waterfall'>
}

/** How the house stands, said before any figure; that of the moment before, said to be so, until that of this one is there. */
export const Headline = ({ house, isOld }: { readonly house: House | undefined; readonly isOld: boolean }) => {
  const standing = house && standingOf(house.summary, house.waterfall)
  return (
    <div class={isOld ? 'headline old' : 'headline'} aria-live="polite" aria-busy={isOld}>
      {standing === undefined ? (
        <h1 class="dim">Asking how the house stands …</h1>
      ) : (
        <>
          <h1>
            <Tone of={standing.tone} /> {standing.headline}
          </h1>
          <p>{standing.sentence}</p>
          {isOld ? <p class="watched">◐ still of the moment before</p> : null}
        </>
      )}
    </div>
  )
}

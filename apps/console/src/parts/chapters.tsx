import { useEffect } from 'preact/hooks'
import { deleveragedIn } from '../model/deleveraged'
import { goTo, head, place, revision, telling } from '../model/session'
import { chaptersOf } from '../say/chapters'
import { clock } from '../say/times'
import { To } from './go'

/** It is looked for the first that was deleveraged up to now, and again after so many events. */
const lookAgain = 2_000

const useDeleveraged = () => {
  const first = deleveragedIn(place.value?.pool ?? '')
  const newest = head.value?.revision ?? 0
  useEffect(() => first.lookUpTo(newest), [first, Math.floor(newest / lookAgain)])
  return first.found.value
}

/** What happened for the first time, when, and where to look: the chapters of a crash, and the one that is on. */
export const Chapters = () => {
  const chapters = chaptersOf(telling.value, useDeleveraged())
  const at = revision.value ?? 0
  const on = chapters.findLast((chapter) => chapter.revision <= at)
  if (chapters.length === 0) return null
  return (
    <section class="chapters" aria-label="What happened for the first time">
      <ol>
        {chapters.map(({ name, revision: when, at: time }) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === on?.name ? 'step' : undefined}
              disabled={when > (head.value?.revision ?? 0)}
              onClick={() => goTo(when, 'step')}
            >
              <span class="dim">{clock(time).slice(0, 5)}</span> {name}
            </button>
          </li>
        ))}
      </ol>
      {on === undefined ? null : (
        <p>
          {on.says} {on.look === 'overview' ? null : <To page={on.look}>Look there</To>}
        </p>
      )}
    </section>
  )
}

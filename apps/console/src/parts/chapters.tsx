import { tellingRows } from '../model/course'
import { answerOf, course, goTo, head, revision } from '../model/session'
import { chaptersOf } from '../say/chapters'
import { clock } from '../say/times'
import { To } from './go'

/** So far is looked at once for the first that was deleveraged, and again after so many events. */
const lookAgain = 2_000

const useDeleveraged = () => {
  const newest = head.value?.revision ?? 0
  const known = answerOf('events', { at: newest - (newest % lookAgain), type: ['Deleveraged'], limit: 1 })
  const [first] = known.data?.items ?? []
  return first === undefined ? undefined : { revision: first.revision, at: first.at }
}

/** What happened for the first time, when, and where to look: the chapters of a crash, and the one that is on. */
export const Chapters = () => {
  const chapters = chaptersOf(tellingRows(course.value), useDeleveraged())
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

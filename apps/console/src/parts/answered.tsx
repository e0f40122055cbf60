import type { ComponentChildren, JSX } from 'preact'
import type { Known } from '../model/answers'
import { Card, Empty } from './card'
import { useLast } from './use-last'

/** A card whose content is an answer. Until it is there the one before stays, and says that it is old. */
export const Answered = <A,>({
  title,
  note,
  known,
  children,
}: {
  readonly title: string
  readonly note?: ComponentChildren
  readonly known: Known<A>
  readonly children: (data: A) => JSX.Element
}) => {
  const last = useLast(known.data ?? known.before)
  const data = known.data ?? known.before ?? last
  return (
    <Card title={title} note={note} isOld={known.data === undefined && data !== undefined}>
      {known.why === undefined ? null : <p class="notice">This could not be answered: {known.why}</p>}
      {data === undefined ? (
        <Empty>{known.why === undefined ? 'Asking the gateway …' : 'Nothing is known.'}</Empty>
      ) : (
        children(data)
      )}
    </Card>
  )
}

import type { ComponentChildren, JSX } from 'preact'
import { type Known, latest } from '../model/answers'
import { Card, Empty } from './card'
import { useLast } from './use-last'

/** A card whose content is an answer. Until it is there the one before stays, and says that it is old. */
export const Answered = <A,>({
  title,
  note,
  known,
  beside,
  children,
}: {
  readonly title: string
  readonly note?: ComponentChildren
  readonly known: Known<A>
  /** What else is shown in it: it is of this moment once that is too. */
  readonly beside?: Known<unknown>
  readonly children: (data: A) => JSX.Element
}) => {
  const data = useLast(latest(known))
  const isLate = beside !== undefined && beside.data === undefined && beside.isWaiting
  const isOld = data !== undefined && (known.data === undefined || (isLate && beside.before !== undefined))
  return (
    <Card title={title} note={note} isOld={isOld} isBusy={isOld || isLate}>
      {known.why === undefined ? null : <p class="notice">This could not be answered: {known.why}</p>}
      {data === undefined ? (
        <Empty>{known.why === undefined ? 'Asking the gateway …' : 'Nothing is known.'}</Empty>
      ) : (
        children(data)
      )}
    </Card>
  )
}

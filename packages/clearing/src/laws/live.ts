import { type LedgerEvent, parseTime } from '@novation/events'
import { bulkParts } from '../kit'
import { process as submit } from '../ledger/process'
import { judgeAll, openSnapshot, takeSnapshot } from '../proof/snapshot'
import { stateHash } from '../proof/state-hash'
import { type Book, emptyPool } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { evolve, isWhole } from '../state/evolve'
import { judge } from '../state/judge'
import type { Plan } from './arbitraries'
import { dutiesOf } from './books'
import { newHouse } from './house'
import { lawful, leftUndone } from './lawful'
import { play } from './play'
import { visitedLikeFolded } from './visits'

const must = (so: boolean, what: string): void => {
  if (!so) throw new Error(what)
}

const folded = (events: readonly LedgerEvent[], parts: PartSizes) => events.reduce(evolve, emptyPool('main', parts))

/** History read again, from the start or from a snapshot somewhere in it, ends in the same state. */
const readsAgain = (history: readonly LedgerEvent[], parts: PartSizes, hash: string): void => {
  must(stateHash(folded(history, parts)) === hash, 'history read again ends in another state')
  const at = Math.floor(history.length / 3)
  const opened = openSnapshot(takeSnapshot(folded(history.slice(0, at), parts)))
  if (opened._tag === 'Left') throw new Error(`no snapshot of revision ${at - 1} opens: ${opened.left}`)
  const { right: book } = opened
  book.set<Book, 'parts'>(book, 'parts', parts)
  must(
    stateHash(history.slice(at).reduce(evolve, book)) === hash,
    `history read on from a snapshot of revision ${at - 1} ends in another state`,
  )
}

/** Every recorded command, decided again at its recorded time, makes the same events. */
const decidesAgain = (history: readonly LedgerEvent[], parts: PartSizes): void => {
  const pool = emptyPool('main', parts)
  let next = 0
  for (const { metadata, at } of history) {
    if (metadata.command === undefined) continue
    const again = submit(pool, metadata.command, parseTime(at))
    if (again.tag !== 'decided') throw new Error(`${metadata.commandId} was decided once and is ${again.tag} now`)
    for (const { id } of [...again.events, ...bulkParts(pool)]) {
      must(id === history[next]?.id, `event ${next} is another one when ${metadata.commandId} is decided again`)
      next += 1
    }
  }
  must(next === history.length, 'fewer events are made when everything is decided again')
}

/** Who is judged only now and then, after several prices have moved, is judged like everybody anew. */
const judgesAlikeInTheEnd = (history: readonly LedgerEvent[], parts: PartSizes): void => {
  const pool = emptyPool('main', parts)
  for (const [i, event] of history.entries()) {
    void evolve(pool, event)
    if (i % 7 !== 6 || !isWhole(pool)) continue
    void judge(pool)
    const [kept, anew] = [dutiesOf(pool), dutiesOf(judgeAll(pool))]
    must(kept === anew, `at ${event.revision}, some events after it was judged last: ${kept}, but anew ${anew}`)
  }
}

/** Lives through a world and holds it to every law; the history that it made. Throws at the first law that breaks. */
export const live = (world: Plan): readonly LedgerEvent[] => {
  const { events, pool } = play(newHouse(world.parts), world, (house) => {
    const undone = leftUndone(house.pool)
    must(undone === undefined, `left undone: ${undone}`)
  })
  const hash = stateHash(pool)
  lawful(events, world.parts)
  judgesAlikeInTheEnd(events, world.parts)
  readsAgain(events, world.parts, hash)
  decidesAgain(events, world.parts)
  const visited = visitedLikeFolded(events, world.parts)
  must(visited === undefined, String(visited))
  return events
}

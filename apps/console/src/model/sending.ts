import { type Pool, Problem, type Rehearsed, type Sent, type Wish } from '@novation/client'

/** How far a command has come: what would come of it, and what has. */
export type Course =
  | { readonly is: 'drafted' }
  | { readonly is: 'trying' }
  /** What would come of it, of this wish and no other. */
  | { readonly is: 'tried'; readonly wish: Wish; readonly found: Rehearsed }
  | { readonly is: 'sending'; readonly wish: Wish }
  | { readonly is: 'sent'; readonly wish: Wish; readonly outcome: Sent }

type Line = Pick<Pool, 'dryRun' | 'send' | 'outcome'>

const unheard = (error: unknown): Rehearsed => ({
  outcome: 'refused',
  why: { code: 'unavailable', detail: error instanceof Error ? error.message : String(error) },
})

/** What would come of a wish now, with all that every service then does. */
export const tried = async (pool: Line, wish: Wish): Promise<Course> => ({
  is: 'tried',
  wish,
  found: await pool.dryRun(wish, { settle: true }).catch(unheard),
})

const wait_s = 10

/** The outcome of a command that is on its way, if there is one yet; a gateway that does not answer is asked again. */
const outcomeOf = async (pool: Line, actor: string, id: string): Promise<Sent | undefined> => {
  try {
    const { data } = await pool.outcome(actor, id)
    if (data.outcome === 'accepted')
      return { id, outcome: 'accepted', revision: data.revision, events: data.events, hit: false }
    if (data.outcome === 'rejected')
      return {
        id,
        outcome: 'rejected',
        why: { code: data.code, detail: data.reason },
        revision: data.revision,
        hit: false,
      }
    return undefined
  } catch (error) {
    return error instanceof Problem && error.status < 500 && error.status !== 429
      ? { id, outcome: 'refused', why: { code: error.code, detail: error.message } }
      : undefined
  }
}

/**
 * Sends a wish, and says what became of it: where it is not decided yet its outcome is asked for until it is, and `told` hears meanwhile
 * that it is waiting. One wish has one id, so that sending it again makes nothing twice.
 */
export const sent = async (
  pool: Line,
  wish: Wish,
  rest: () => Promise<void>,
  told: (course: Course) => void,
): Promise<Course> => {
  let outcome = await pool.send(wish, { wait_s })
  while (outcome.outcome === 'waiting') {
    told({ is: 'sent', wish, outcome })
    await rest()
    outcome = (await outcomeOf(pool, wish.actor ?? '', outcome.id)) ?? outcome
  }
  return { is: 'sent', wish, outcome }
}

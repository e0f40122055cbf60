/** One record that somebody sends, so long after the beginning. Text, as it goes over the wire: it may be no command at all. */
export interface Sending {
  readonly at_ms: number
  /** The record's key: the pool it is meant for. */
  readonly key: string
  readonly text: string
}

/** A command of the operator, or of whoever is said to send it; `at` where it says itself when it was made. */
export const sending = (
  pool: string,
  at_ms: number,
  id: string,
  type: string,
  data: unknown,
  actor = 'operator',
  at?: string,
): Sending => ({
  at_ms,
  key: pool,
  text: JSON.stringify({ id, type, pool, actor, ...(at === undefined ? {} : { at }), data }),
})

/** A change of the rules is a new number; every event names the one it was decided by (protocol 21). */
export const decider = 6

/** An event that was decided by rules of another number: what it does to a state only those rules know. */
export class OtherEdition extends Error {
  override readonly name = 'OtherEdition'
  constructor(
    readonly revision: number,
    readonly edition: number,
  ) {
    super(`event ${revision} was decided by rules ${edition}, and this program holds rules ${decider}`)
  }
}

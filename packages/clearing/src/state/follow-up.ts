// What is kept up beside the records, about all of them together.

/** What the state asks somebody to do. */
export type Duty =
  | 'call'
  | 'closeCall'
  | 'callDebit'
  | 'closeDebit'
  | 'start'
  | 'end'
  | 'backstop'
  | 'deleverage'
  | 'closeOut'
  | 'owing'

/** The last of all accounts that were judged; places count from the first there ever was. */
export interface JudgedLog {
  /** The place of the first that is still listed. */
  from: number
  ids: string[]
}

/** Who has changed since a price last moved; it is kept only once somebody reads it. */
export interface Changes<A> {
  priceMoves: number
  isRead: boolean
  readonly accounts: A[]
}

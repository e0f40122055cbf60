import type { Statement } from '../../checkpoints/checkpoint'
import type { Label } from '../../snapshots/shelf'
import type { Link } from '../chain'
import type { VerifyOptions, Witness } from '../verification'
import type { Parcel } from './parcel'

/** What every thread is told when it begins. */
export interface Task {
  readonly pool: string
  readonly depth: NonNullable<VerifyOptions['depth']>
  /** The folder where snapshots lie. */
  readonly snapshots: string | undefined
}

/** Where a piece begins: behind a link of the chain, on a snapshot of just there; the first one on nothing. */
export interface Begin {
  readonly link: Readonly<Link>
  readonly snapshot?: Label
}

/** Some events of a piece, in order; a thread takes all parts of it. */
export interface Part {
  readonly task: Task
  readonly piece: number
  readonly begin?: Begin
  readonly parcel: Parcel
  /** Trades that were cleared before the piece, and are asked for in this part. */
  readonly trades: readonly string[]
  readonly checkpoints: readonly Statement[]
  readonly snapshots: readonly Label[]
  /** With the last part of a piece; the last of all is the end of the history. */
  readonly end?: 'piece' | 'history'
}

/** What a whole piece comes to, where all of it held. */
export interface PieceEnd {
  readonly events: number
  /** Of the snapshot it began on, and of the state at its end. */
  readonly from?: string
  readonly to?: string
  readonly decidedAgain: number
  readonly comparedByMeaning: number
  readonly signedFrom?: number
  readonly vouched: Readonly<Record<Witness['check'], number>>
  readonly inProgress?: string
}

/** The answer to one part: so many events hold, or something does not, whatever it is. */
export interface Answer {
  readonly piece: number
  readonly events: number
  readonly isSound: boolean
  readonly end?: PieceEnd
}

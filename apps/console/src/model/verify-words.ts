import type { Chain } from '@novation/client'
import type { Vouched } from '../say/verification'

/** What the thread that verifies is asked: the history of a pool up to a revision. */
export interface Asked {
  readonly url: string
  readonly pool: string
  readonly to: number
  /** A public key in PEM: what it has signed of the ledger is held against it, too. */
  readonly key?: string
}

/** What is heard of it. */
export type Heard =
  | { readonly is: 'working'; readonly done: number }
  | { readonly is: 'done'; readonly chain: Chain; readonly vouched?: Vouched }
  | { readonly is: 'failed'; readonly why: string }

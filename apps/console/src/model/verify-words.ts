import type { Chain } from '@novation/client'

/** What the thread that verifies is asked: the history of a pool up to a revision. */
export interface Asked {
  readonly url: string
  readonly pool: string
  readonly to: number
}

/** What is heard of it. */
export type Heard =
  | { readonly is: 'working'; readonly done: number }
  | { readonly is: 'done'; readonly chain: Chain }
  | { readonly is: 'failed'; readonly why: string }

import type { Chain } from '@novation/client'
import { signal } from '@preact/signals'
import type { Vouched } from '../say/verification'
import { origin, startThread, type Thread } from '../world'
import type { Asked, Heard } from './verify-words'
import verifyWorker from './verify-worker?worker&url'

export type Verifying =
  | { readonly is: 'idle' }
  | { readonly is: 'working'; readonly pool: string; readonly to: number; readonly done: number }
  | {
      readonly is: 'done'
      readonly pool: string
      readonly to: number
      readonly chain: Chain
      /** What was signed of it, where a key was shown. */
      readonly vouched?: Vouched
    }
  | { readonly is: 'failed'; readonly why: string }

/** How it goes: it goes on while somebody looks at another page. */
export const verifying = signal<Verifying>({ is: 'idle' })

let thread: Thread<Asked> | undefined

const end = (): void => {
  thread?.end()
  thread = undefined
}

/** Holds everything up to a revision to itself, and to what a key has signed of it, in a thread beside the page. */
export const verify = (pool: string, to: number, key?: string): void => {
  end()
  verifying.value = { is: 'working', pool, to, done: 0 }
  thread = startThread<Asked, Heard>(
    verifyWorker,
    (heard) => {
      verifying.value = heard.is === 'failed' ? heard : { ...heard, pool, to }
      if (heard.is !== 'working') end()
    },
    (why) => {
      verifying.value = { is: 'failed', why }
      end()
    },
  )
  thread.ask({ url: origin(), pool, to, ...(key === undefined ? {} : { key }) })
}

export const stopVerifying = (): void => {
  end()
  verifying.value = { is: 'idle' }
}

/** Up to which revision of a pool this browser has found history sound. */
export const verifiedTo = (pool: string | undefined): number | undefined => {
  const known = verifying.value
  return known.is === 'done' && known.pool === pool && known.chain.sound ? known.to : undefined
}

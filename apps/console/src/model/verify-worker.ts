import { connect, verifyChain } from '@novation/client'
import type { Asked, Heard } from './verify-words'

/** So many events pass between two words of progress. */
const stride = 500

const tell = (heard: Heard): void => postMessage(heard)

/** Holds a history to itself in a thread of its own, so that whoever looks on is not kept waiting. */
addEventListener('message', ({ data: { url, pool, to } }: MessageEvent<Asked>) => {
  const events = connect({ url }).pool(pool).list('events', { at: to, limit: 1000 })
  const progress = ({ revision: done }: { readonly revision: number }): void => {
    if (done % stride === 0) tell({ is: 'working', done })
  }
  verifyChain(events, { progress }).then(
    (chain) => tell({ is: 'done', chain }),
    (error: unknown) => tell({ is: 'failed', why: error instanceof Error ? error.message : String(error) }),
  )
})

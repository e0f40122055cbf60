import { connect, type Pool, verifyChain, verifyCheckpoint } from '@novation/client'
import type { Asked, Heard } from './verify-words'

/** So many events pass between two words of progress. */
const stride = 500

const tell = (heard: Heard): void => postMessage(heard)

/** What the key has signed of the ledger up to a revision, in order. One line that it has not signed spoils all: whoever may take one away may alter it. */
const signedBy = async (pool: Pool, key: string, to: number) => {
  const { items } = (await pool.ask('checkpoints', {})).data
  const read = await Promise.all(items.map((one) => verifyCheckpoint(JSON.stringify(one), key)))
  const standings = read.map((checkpoint) => {
    if (!checkpoint.sound) throw new Error(checkpoint.why)
    return checkpoint.standing
  })
  const there = standings.filter(({ revision }) => revision <= to).toSorted((a, b) => a.revision - b.revision)
  if (there.length === 0) throw new Error('the gateway is shown no checkpoint up to this revision')
  return there
}

const verified = async ({ url, pool: name, to, key }: Asked): Promise<Heard> => {
  const pool = connect({ url }).pool(name)
  const checkpoints = key === undefined ? [] : await signedBy(pool, key, to)
  const progress = ({ revision: done }: { readonly revision: number }): void => {
    if (done % stride === 0) tell({ is: 'working', done })
  }
  const chain = await verifyChain(pool.list('events', { at: to, limit: 1000 }), { progress, checkpoints })
  const last = checkpoints.at(-1)
  return {
    is: 'done',
    chain,
    ...(last === undefined ? {} : { vouched: { count: checkpoints.length, last: last.revision } }),
  }
}

/** Holds a history to itself in a thread of its own, so that whoever looks on is not kept waiting. */
addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  verified(data).then(tell, (error: unknown) =>
    tell({ is: 'failed', why: error instanceof Error ? error.message : String(error) }),
  )
})

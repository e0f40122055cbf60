import { type Chain, verifyChain } from '@novation/client'
import { useRef, useState } from 'preact/hooks'
import { pool, revision } from '../model/session'
import { Card } from '../parts/card'
import { count, number } from '../say/counts'

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'working'; readonly done: number }
  | { readonly is: 'done'; readonly chain: Chain }
  | { readonly is: 'failed'; readonly why: string }

const told = (chain: Chain): string =>
  chain.sound
    ? `Sound: ${count(chain.events, 'event')} follow each from the one before, and what each moves sums to zero. The last has the hash ${chain.last.hash}.`
    : `Not sound: event ${number(chain.revision)} does not follow from what is before it: ${chain.why}.`

/** Holds the history to itself, here in the browser. */
export const Verify = () => {
  const [state, setState] = useState<State>({ is: 'idle' })
  const stop = useRef<AbortController | undefined>(undefined)
  const verify = async (): Promise<void> => {
    const [to, over] = [revision.value ?? 0, new AbortController()]
    stop.current = over
    setState({ is: 'working', done: 0 })
    try {
      const events = pool().list('events', { at: to, limit: 1000 }, { signal: over.signal })
      const chain = await verifyChain(events, {
        progress: ({ revision: done }) => {
          if (done % 500 === 0) setState({ is: 'working', done })
        },
      })
      setState({ is: 'done', chain })
    } catch (error) {
      if (over.signal.aborted) setState({ is: 'idle' })
      else setState({ is: 'failed', why: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <Card title="Is it so?">
      <p>
        Every event names the hash of the one before it. This page reads them all and works each hash out again, and
        adds up what each moved. That proves that the history it was shown was not altered in the middle. That its last
        hash is the ledger's is for a signed checkpoint to say, and that everything was rightly decided for{' '}
        <span class="mono">novation verify</span>.
      </p>
      <p>
        {state.is === 'working' ? (
          <button type="button" onClick={() => stop.current?.abort()}>
            Stop
          </button>
        ) : (
          <button type="button" onClick={() => void verify()}>
            Verify up to revision {number(revision.value ?? 0)}
          </button>
        )}
      </p>
      <p aria-live="polite" data-state={state.is}>
        {state.is === 'working' ? `${number(state.done)} of ${number(revision.value ?? 0)} …` : null}
        {state.is === 'done' ? <strong class={state.chain.sound ? 'well' : 'short'}>{told(state.chain)}</strong> : null}
        {state.is === 'failed' ? `It could not be read to its end: ${state.why}` : null}
      </p>
    </Card>
  )
}

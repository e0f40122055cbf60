import type { Chain } from '@novation/client'
import { place, revision } from '../model/session'
import { stopVerifying, type Verifying, verify, verifying } from '../model/verifying'
import { Card } from '../parts/card'
import { EventLink } from '../parts/go'
import { count, number } from '../say/counts'

const checks = [
  ['order', 'revisions follow one another without a gap, from 0'],
  ['link', 'each event names the hash of the one before it'],
  ['hash', 'each hash is that of the bytes of its event and of the hash before'],
  ['postings', 'what each event moves sums to zero in every asset'],
] as const

const elsewhere = [
  ['decisions', 'each command, decided again at its recorded time, gives the same events', 'novation verify'],
  ['end', 'the last hash is the one that the ledger signed', 'a signed checkpoint'],
] as const

const told = (chain: Chain): string =>
  chain.sound
    ? `Sound: ${count(chain.events, 'event')} follow each from the one before, and what each moves sums to zero.`
    : `Not sound: event ${number(chain.revision)} does not follow from what is before it: ${chain.why}.`

const marked = (state: Verifying): { readonly shape: string; readonly tone: string; readonly share: number } => {
  if (state.is === 'working') return { shape: '◐', tone: 'watched', share: state.done / Math.max(1, state.to) }
  if (state.is !== 'done') return { shape: '·', tone: 'dim', share: 0 }
  if (state.chain.sound) return { shape: '✓', tone: 'well', share: 1 }
  return { shape: '✕', tone: 'short', share: state.chain.revision / Math.max(1, state.to) }
}

const Checks = ({ state }: { readonly state: Verifying }) => {
  const { shape, tone, share } = marked(state)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">check</th>
          <th scope="col">what it means that it holds</th>
          <th scope="col">up to</th>
          <th scope="col">where</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(([name, means]) => (
          <tr key={name}>
            <th scope="row">
              <span class={tone} aria-hidden="true">
                {shape}
              </span>{' '}
              {name}
            </th>
            <td class="wide">{means}</td>
            <td>
              <svg class="time-bar" viewBox="0 0 100 4" width="100" height="4" aria-hidden="true">
                <rect class="tank-room" width="100" height="4" rx="2" />
                <rect class={`done ${tone}`} width={100 * share} height="4" rx="2" />
              </svg>
            </td>
            <td>in this browser</td>
          </tr>
        ))}
        {elsewhere.map(([name, means, where]) => (
          <tr key={name} class="dim">
            <th scope="row">– {name}</th>
            <td class="wide">{means}</td>
            <td>not asked</td>
            <td>{where}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Outcome = ({ state }: { readonly state: Verifying }) => (
  <p aria-live="polite" data-state={state.is}>
    {state.is === 'idle' ? 'Nothing has been read yet.' : null}
    {state.is === 'working' ? `${number(state.done)} of ${number(state.to)} …` : null}
    {state.is === 'done' ? <strong class={state.chain.sound ? 'well' : 'short'}>{told(state.chain)}</strong> : null}
    {state.is === 'failed' ? `It could not be read to its end: ${state.why}` : null}
  </p>
)

/** Holds the history to itself, here in the browser; it goes on while another page is looked at. */
export const Verify = () => {
  const [state, to] = [verifying.value, revision.value ?? 0]
  return (
    <div class="cards wide-first">
      <Card title="Is it so?" note="read and worked out again in this browser">
        <div class="row">
          {state.is === 'working' ? (
            <button type="button" onClick={stopVerifying}>
              Stop
            </button>
          ) : (
            <button type="button" class="main" onClick={() => verify(place.value?.pool ?? '', to)}>
              Verify up to revision {number(to)}
            </button>
          )}
          <Outcome state={state} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section class="scroll" tabIndex={0} aria-label="checks">
          <Checks state={state} />
        </section>
        {state.is === 'done' && state.chain.sound ? (
          <p>
            The last, <EventLink revision={state.chain.last.revision} />, has the hash{' '}
            <span class="mono hash">{state.chain.last.hash}</span>
          </p>
        ) : null}
      </Card>
      <Card title="What does that prove?" note="and what not">
        <p>
          The history that this page was shown agrees with itself: nothing in its middle was altered, left out or added.
        </p>
        <p class="dim">
          It does not prove that nothing was cut off its end, nor that it was not made anew from its beginning: for
          that, keep its last hash, or a <span class="mono">novation checkpoint</span> that somebody signed. That every
          command was rightly decided, <span class="mono">novation verify</span> decides again.
        </p>
      </Card>
    </div>
  )
}

import { useState } from 'preact/hooks'
import { place, revision, who } from '../model/session'
import { stopVerifying, type Verifying, verify, verifying } from '../model/verifying'
import { Card } from '../parts/card'
import { Checks } from '../parts/checks'
import { EventLink } from '../parts/go'
import { useJob, type Worked } from '../parts/job'
import { number } from '../say/counts'
import { chainSaid, decisionsSaid, type Verification, vouchedSaid } from '../say/verification'

const Outcome = ({ state }: { readonly state: Verifying }) => (
  <p aria-live="polite" data-state={state.is}>
    {state.is === 'idle' ? 'Nothing has been read yet.' : null}
    {state.is === 'working' ? `${number(state.done)} of ${number(state.to)} …` : null}
    {state.is === 'done' ? (
      <strong class={state.chain.sound ? 'well' : 'short'}>{chainSaid(state.chain)}</strong>
    ) : null}
    {state.is === 'done' && state.chain.sound && state.vouched !== undefined ? ` ${vouchedSaid(state.vouched)}` : null}
    {state.is === 'failed' ? `It was not verified to its end: ${state.why}` : null}
  </p>
)

const Decided = ({ worked }: { readonly worked: Worked<Verification> }) => (
  <p aria-live="polite" data-decided={worked.is}>
    {worked.is === 'done' ? (
      <strong class={worked.result.sound ? 'well' : 'short'}>{decisionsSaid(worked.result)}</strong>
    ) : null}
    {worked.is === 'failed' ? `The gateway did not decide it again: ${worked.why}` : null}
  </p>
)

const Proof = () => (
  <Card title="What does that prove?" note="and what not">
    <p>
      The history that this page was shown agrees with itself: nothing in its middle was altered, left out or added.
    </p>
    <p class="dim">
      By itself that does not prove that nothing was cut off its end, nor that it was not made anew from its beginning:
      for that, keep its last hash, or show the public key of whoever signs a{' '}
      <span class="mono">novation checkpoint</span>, from elsewhere than from this gateway.
    </p>
    <p class="dim">
      That every command was rightly decided the gateway says of itself where it decides them again; who does not take
      its word has <span class="mono">novation verify</span> do it.
    </p>
  </Card>
)

/** Holds the history to itself and to what was signed of it, here in the browser; it goes on while another page is looked at. */
export const Verify = () => {
  const [state, to] = [verifying.value, revision.value ?? 0]
  const [key, setKey] = useState('')
  const [decides, setDecides] = useState(false)
  const decided = useJob<Verification>(decides ? { kind: 'verify' } : undefined)
  const shown = key.trim() === '' ? undefined : key
  return (
    <div class="cards wide-first">
      <Card title="Is it so?" note="read and worked out again in this browser">
        <div class="row">
          {state.is === 'working' ? (
            <button type="button" onClick={stopVerifying}>
              Stop
            </button>
          ) : (
            <button type="button" class="main" onClick={() => verify(place.value?.pool ?? '', to, shown)}>
              Verify up to revision {number(to)}
            </button>
          )}
          <Outcome state={state} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section class="scroll" tabIndex={0} aria-label="checks">
          <Checks
            state={state}
            decided={decided}
            decide={who.value?.jobs === true ? () => setDecides(true) : undefined}
          />
        </section>
        <Decided worked={decided} />
        {state.is === 'done' && state.chain.sound ? (
          <p>
            The last, <EventLink revision={state.chain.last.revision} />, has the hash{' '}
            <span class="mono hash">{state.chain.last.hash}</span>
          </p>
        ) : null}
        <label for="verify-key">Hold it to the checkpoints that this key has signed, too (a public key in PEM):</label>
        <textarea
          id="verify-key"
          class="mono"
          rows={3}
          spellcheck={false}
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </Card>
      <Proof />
    </div>
  )
}

import type { Sent, Why } from '@novation/client'
import { count } from '../say/counts'
import { EventLink } from './go'

export const Reason = ({ why: { code, detail } }: { readonly why: Why }) => (
  <>
    <strong>{code}</strong>
    {detail === undefined || detail === '' ? '' : `: ${detail}`}
  </>
)

/** What became of a command that was sent. */
export const Outcome = ({ outcome, again }: { readonly outcome: Sent; readonly again: () => void }) => {
  switch (outcome.outcome) {
    case 'accepted':
      return (
        <p>
          <span class="well">○ accepted</span> at revision <EventLink revision={outcome.revision} />, by{' '}
          {count(outcome.events, 'event')}.
        </p>
      )
    case 'rejected':
      return (
        <p>
          <span class="danger">◆ turned down</span> by the ledger, and recorded: <Reason why={outcome.why} />
        </p>
      )
    case 'waiting':
      return (
        <p>
          <span class="watched">◐ on its way</span>; what becomes of it will stand here.
        </p>
      )
    case 'refused':
      return (
        <p>
          <span class="danger">◆ turned away</span>, and nothing was recorded: <Reason why={outcome.why} />
        </p>
      )
    case 'unknown':
      return (
        <p>
          <span class="watched">◐ nobody knows</span> whether it arrived: <Reason why={outcome.why} />{' '}
          <button type="button" onClick={again}>
            Send the same again: twice is safe
          </button>
        </p>
      )
  }
}

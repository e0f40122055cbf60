import type { Answer, Rehearsed } from '@novation/client'
import { readable } from '../say/amounts'
import { count } from '../say/counts'
import { happened } from '../say/happened'
import { AccountLink } from './go'
import { Status } from './status'
import { type Column, Table } from './table'

type Rehearsal = Extract<Rehearsed, { outcome: 'accepted' }>['rehearsal']
type Moved = Rehearsal['accounts'][number]
type Account = Answer<'account'>

const stood = (account: Account | null): string => account?.status ?? 'none yet'
const worth = (account: Account | null): string => (account?.equity === undefined ? '' : readable(account.equity))

const columns: readonly Column<Moved>[] = [
  {
    head: 'account',
    cell: ({ account }) => <AccountLink account={account} />,
    text: ({ account }) => account,
  },
  { head: 'stands', cell: ({ before }) => <Status of={stood(before)} />, text: ({ before }) => stood(before) },
  { head: 'would stand', cell: ({ after }) => <Status of={stood(after)} />, text: ({ after }) => stood(after) },
  { head: 'equity', isFigure: true, cell: ({ before }) => worth(before), text: ({ before }) => before?.equity ?? '' },
  { head: 'would be', isFigure: true, cell: ({ after }) => worth(after), text: ({ after }) => after.equity ?? '' },
]

/** Who is hurt by what follows, in a sentence. */
const hurt = ({ consequences }: Rehearsal): string => {
  if (consequences === undefined) return ''
  const { called, liquidated, deleveraged, others = { called: 0, liquidated: 0, deleveraged: 0 } } = consequences
  const told = (
    [
      [called.length + others.called, 'would be called'],
      [liquidated.length + others.liquidated, 'would be liquidated'],
      [deleveraged.length + others.deleveraged, 'would be deleveraged'],
    ] as const
  ).flatMap(([many, what]) => (many === 0 ? [] : [`${count(many, 'account')} ${what}`]))
  return told.length === 0 ? 'Nobody would be called, liquidated or deleveraged.' : `${told.join(', ')}.`
}

/** What would come of a command: what is recorded, who moves, and who is hurt by what follows. */
export const Consequences = ({ rehearsal }: { readonly rehearsal: Rehearsal }) => (
  <>
    <p>
      <span class="well" aria-hidden="true">
        ○
      </span>{' '}
      It would be accepted. <strong>{hurt(rehearsal)}</strong>
    </p>
    <ol class="lines">
      {rehearsal.events.slice(0, 30).map((event) => (
        <li key={event.id}>
          <span class="dim">{event.type}</span>
          <span>{happened(event)}</span>
        </li>
      ))}
    </ol>
    {rehearsal.events.length > 30 ? <p class="dim">And {count(rehearsal.events.length - 30, 'event')} more.</p> : null}
    <Table
      name="consequences"
      rows={rehearsal.accounts}
      columns={columns}
      keyOf={({ account }) => account}
      none="No account would move."
    />
  </>
)

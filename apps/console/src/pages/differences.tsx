import { useState } from 'preact/hooks'
import { go, place, revision } from '../model/session'
import { Card, Empty } from '../parts/card'
import { EventLink, To } from '../parts/go'
import { useJob } from '../parts/job'
import { Status } from '../parts/status'
import { type Column, Table } from '../parts/table'
import { exactly, isZero, readable } from '../say/amounts'
import { count, number } from '../say/counts'

interface Because {
  readonly count: number
  readonly events: readonly { readonly revision: number; readonly type: string }[]
}

interface Change {
  readonly account: string
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly change: string
  readonly because: Because
}

interface Turn {
  readonly account: string
  readonly from?: { readonly status: string; readonly equity: string }
  readonly to?: { readonly status: string; readonly equity: string }
  readonly because: Because
}

interface PriceMove {
  readonly name: string
  readonly from?: string
  readonly to?: string
  readonly because: Because
}

interface Diff {
  readonly from: number
  readonly to: number
  readonly events: number
  readonly balances: readonly Change[]
  readonly positions: readonly Change[]
  readonly funds: readonly Change[]
  readonly statuses: readonly Turn[]
  readonly prices: readonly PriceMove[]
}

const accountIn = (posted: string): string => posted.split('/')[1] ?? posted

const Why = ({ because: { count: many, events } }: { readonly because: Because }) => {
  const last = events.at(-1)
  return (
    <>
      {last === undefined ? null : <EventLink revision={last.revision} />}
      {many > 1 ? <span class="dim"> and {number(many - 1)} before</span> : null}
    </>
  )
}

const why = {
  head: 'last by',
  cell: (row: { readonly because: Because }) => <Why because={row.because} />,
  text: (row: { readonly because: Because }) => row.because.events.map(({ revision: at }) => at).join(' '),
}

const whose: Column<{ readonly account: string }> = {
  head: 'account',
  cell: ({ account }) =>
    account.startsWith('trader/') || !account.includes('/') ? (
      <To page="accounts" item={accountIn(account)}>
        {accountIn(account)}
      </To>
    ) : (
      account
    ),
  text: ({ account }) => account,
}

const changes: readonly Column<Change>[] = [
  whose,
  { head: 'of', cell: ({ asset }) => asset, text: ({ asset }) => asset },
  { head: 'before', isFigure: true, cell: ({ from }) => readable(from), text: ({ from }) => from },
  { head: 'after', isFigure: true, cell: ({ to }) => readable(to), text: ({ to }) => to },
  { head: 'change', isFigure: true, cell: ({ change }) => readable(change), text: ({ change }) => change },
  why,
]

const turns: readonly Column<Turn>[] = [
  whose,
  {
    head: 'stood',
    cell: ({ from }) => <Status of={from?.status ?? 'not there'} />,
    text: ({ from }) => from?.status ?? '',
  },
  { head: 'stands', cell: ({ to }) => <Status of={to?.status ?? 'not there'} />, text: ({ to }) => to?.status ?? '' },
  {
    head: 'equity was',
    isFigure: true,
    cell: ({ from }) => (from === undefined ? '' : readable(from.equity)),
    text: ({ from }) => from?.equity ?? '',
  },
  {
    head: 'is',
    isFigure: true,
    cell: ({ to }) => (to === undefined ? '' : readable(to.equity)),
    text: ({ to }) => to?.equity ?? '',
  },
  why,
]

const prices: readonly Column<PriceMove>[] = [
  { head: 'of', cell: ({ name }) => name, text: ({ name }) => name },
  {
    head: 'before',
    isFigure: true,
    cell: ({ from }) => (from === undefined ? '' : exactly(from)),
    text: ({ from }) => from ?? '',
  },
  {
    head: 'after',
    isFigure: true,
    cell: ({ to }) => (to === undefined ? '' : exactly(to)),
    text: ({ to }) => to ?? '',
  },
  why,
]

const Shown = ({ diff }: { readonly diff: Diff }) => {
  const funds = diff.funds.filter(({ change }) => !isZero(change))
  const keyOf = ({ account, asset }: Change): string => `${account} ${asset}`
  return (
    <>
      <p class="sentence">
        Between revision {number(diff.from)} and {number(diff.to)} there are {count(diff.events, 'event')}:{' '}
        {count(diff.statuses.length, 'account stands', 'accounts stand')} otherwise,{' '}
        {count(diff.balances.length, 'balance')} and {count(diff.positions.length, 'position')} have changed.
      </p>
      <div class="cards two">
        <Card title="Who stands otherwise?">
          <Table name="statuses" rows={diff.statuses} columns={turns} keyOf={({ account }) => account} none="Nobody." />
        </Card>
        <Card title="Which prices moved?">
          <Table name="prices" rows={diff.prices} columns={prices} keyOf={({ name }) => name} none="None." />
        </Card>
        <Card title="Whose balance changed?">
          <Table name="balances" rows={diff.balances} columns={changes} keyOf={keyOf} none="Nobody's." />
        </Card>
        <Card title="And of the house?">
          <Table name="funds" rows={funds} columns={changes} keyOf={keyOf} none="Nothing of the house." />
        </Card>
      </div>
      <Card title="Which positions changed?">
        <Table name="positions" rows={diff.positions} columns={changes} keyOf={keyOf} none="None." />
      </Card>
    </>
  )
}

/** What changed between another moment and this one. */
export const Differences = ({ from }: { readonly from: string | undefined }) => {
  const at = revision.value ?? 0
  const [typed, setTyped] = useState(from ?? String(Math.max(0, at - 500)))
  const [first, last] = [Math.min(Number(from), at), Math.max(Number(from), at)]
  const isAsked = from !== undefined && /^\d{1,15}$/.test(from)
  const worked = useJob<Diff>(isAsked ? { kind: 'diff', from: String(first), to: String(last) } : undefined)
  const compare = (event: Event): void => {
    event.preventDefault()
    const here = place.value
    if (here !== undefined) go({ ...here, item: typed.replaceAll(',', '') })
  }
  return (
    <>
      <form onSubmit={compare}>
        <label for="other">What changed between revision</label>
        <input
          id="other"
          inputMode="numeric"
          value={typed}
          onInput={(event: Event) => setTyped((event.currentTarget as HTMLInputElement).value)}
        />
        <span>and this moment, {number(at)}?</span>
        <button type="submit">Compare</button>
      </form>
      {from !== undefined && !isAsked ? <p class="notice">A revision is a whole number.</p> : null}
      {worked.is === 'working' ? <Empty>Working it out: {worked.says} …</Empty> : null}
      {worked.is === 'failed' ? <p class="notice">This could not be answered: {worked.why}</p> : null}
      {worked.is === 'done' ? <Shown diff={worked.result} /> : null}
    </>
  )
}

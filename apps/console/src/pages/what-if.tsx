import { useState } from 'preact/hooks'
import { answerTo, revision } from '../model/session'
import { Card, Empty } from '../parts/card'
import { Dumbbells } from '../parts/dumbbells'
import { To } from '../parts/go'
import { useJob } from '../parts/job'
import { Stack } from '../parts/stack'
import { type Column, Table } from '../parts/table'
import { less, pixelsOf, readable, sumOf } from '../say/amounts'
import { count, number } from '../say/counts'
import { type WhatIf as Found, hurtIn, onlyIn } from '../say/what-if'

interface Paid {
  readonly layer: string
  readonly recorded: string
  readonly now: string
}

const paidIn = ({ recorded, new: now }: Found): readonly Paid[] => [
  { layer: 'skin in the game', recorded: recorded.losses.skinInTheGame, now: now.losses.skinInTheGame },
  { layer: 'insurance fund', recorded: recorded.losses.insurance, now: now.losses.insurance },
  { layer: 'haircut', recorded: recorded.losses.socialized, now: now.losses.socialized },
]

const partsOf = ({ losses }: Found['recorded']) =>
  [
    ['skin-in-the-game', losses.skinInTheGame],
    ['fund', losses.insurance],
    ['lacked', losses.socialized],
  ] as const

/** What the layers paid in both histories, one bar each: the dearer one is as wide as there is room. */
const Bars = ({ found: { recorded, new: now } }: { readonly found: Found }) => {
  const bars = Object.entries({ recorded, new: now }).map(([name, history]) => {
    const parts = partsOf(history)
    return { name, parts, paid: sumOf(parts.map(([, amount]) => amount)) }
  })
  const most = Math.max(1, ...bars.map(({ paid }) => pixelsOf(paid)))
  return (
    <ul class="bars">
      {bars.map(({ name, parts, paid }) => (
        <li key={name}>
          <span>{name}</span>
          <Stack of={parts} most={most} />
          <span class="end">{readable(paid)}</span>
        </li>
      ))}
    </ul>
  )
}

const columns: readonly Column<Paid>[] = [
  { head: 'layer', cell: ({ layer }) => layer, text: ({ layer }) => layer },
  {
    head: 'paid, recorded',
    isFigure: true,
    cell: ({ recorded }) => readable(recorded),
    text: ({ recorded }) => recorded,
  },
  { head: 'paid, new', isFigure: true, cell: ({ now }) => readable(now), text: ({ now }) => now },
  {
    head: 'difference',
    isFigure: true,
    cell: ({ recorded, now }) => readable(less(now, recorded)),
    text: ({ recorded, now }) => less(now, recorded),
  },
]

const Named = ({ title, accounts }: { readonly title: string; readonly accounts: readonly string[] }) => (
  <Card title={title} note={number(accounts.length)}>
    {accounts.length === 0 ? <Empty>Nobody.</Empty> : null}
    <p class="names">
      {accounts.slice(0, 200).map((account) => (
        <To key={account} page="accounts" item={account}>
          {account}
        </To>
      ))}
    </p>
  </Card>
)

const Shown = ({ found }: { readonly found: Found }) => (
  <>
    <p class="sentence">
      {count(found.commands, 'command')} of outsiders were decided again, twice: as recorded, and with these parameters.{' '}
      {number(found.refused.count)} are refused now that were taken, {number(found.newlyAccepted.count)} taken that were
      refused. The ledger is not touched.
    </p>
    <div class="cards two">
      <Card title="Whom does it hurt?" note="accounts · ○ recorded ● new">
        <Dumbbells hurt={hurtIn(found)} />
      </Card>
      <Card
        title="Who pays?"
        note={
          <>
            <span class="key skin-in-the-game">■</span> operator <span class="key fund">■</span> fund{' '}
            <span class="key lacked">■</span> haircut
          </>
        }
      >
        <Bars found={found} />
        <Table name="who-pays" rows={paidIn(found)} columns={columns} keyOf={({ layer }) => layer} none="" />
        <p class="dim">
          Withdrawals left a part behind for {number(found.recorded.frozen_s)} s, and for {number(found.new.frozen_s)} s
          in the new history.
        </p>
      </Card>
      <Named title="Not liquidated any more" accounts={onlyIn(found.recorded, found.new)} />
      <Named title="Liquidated only now" accounts={onlyIn(found.new, found.recorded)} />
    </div>
  </>
)

interface Wish {
  readonly instrument: string
  readonly initial: string
  readonly maintenance: string
}

const isShare = (text: string): boolean => /^(0|0?\.\d{1,18}|1)$/.test(text) && Number(text) > 0

const asked = ({ instrument, initial, maintenance }: Wish, to: number) => ({
  kind: 'what-if' as const,
  to: String(to),
  parameters: {
    instruments: { [instrument]: { margin: { model: 'tiered' as const, tiers: [{ initial, maintenance }] } } },
  },
})

/** What would have been under another margin: history decided again, and the ledger left as it is. */
export const WhatIf = () => {
  const names = (answerTo('prices', { limit: 1000 }).data?.items ?? []).flatMap(({ instrument }) => instrument ?? [])
  const [draft, setDraft] = useState<Wish>({ instrument: '', initial: '0.2', maintenance: '0.12' })
  const [wish, setWish] = useState<{ readonly of: Wish; readonly to: number }>()
  const instrument = draft.instrument === '' ? (names[0] ?? '') : draft.instrument
  const isRight = instrument !== '' && isShare(draft.initial) && isShare(draft.maintenance)
  const worked = useJob<Found>(wish === undefined ? undefined : asked(wish.of, wish.to))
  const change = (name: keyof Wish) => (event: Event) =>
    setDraft({ ...draft, [name]: (event.currentTarget as HTMLInputElement).value })
  return (
    <>
      <form
        onSubmit={(event: Event) => {
          event.preventDefault()
          if (isRight) setWish({ of: { ...draft, instrument }, to: revision.value ?? 0 })
        }}
      >
        <label for="whatif-instrument">What if, from the beginning to this moment,</label>
        <select id="whatif-instrument" value={instrument} onChange={change('instrument')}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <label for="whatif-initial">had an initial margin of</label>
        <input id="whatif-initial" size={6} value={draft.initial} onInput={change('initial')} />
        <label for="whatif-maintenance">and a maintenance margin of</label>
        <input id="whatif-maintenance" size={6} value={draft.maintenance} onInput={change('maintenance')} />
        <button type="submit" disabled={!isRight}>
          Decide again
        </button>
      </form>
      {instrument === '' ? <p class="notice">Nothing has a price yet, so nothing would be otherwise.</p> : null}
      {isRight || instrument === '' ? null : (
        <p class="notice">A margin is a share of the notional, above 0 and at most 1.</p>
      )}
      {worked.is === 'working' ? <Empty>Deciding history again: {worked.says} …</Empty> : null}
      {worked.is === 'failed' ? <p class="notice">This could not be answered: {worked.why}</p> : null}
      {worked.is === 'done' ? <Shown found={worked.result} /> : null}
    </>
  )
}

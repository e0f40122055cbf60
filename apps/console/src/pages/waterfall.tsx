import type { Answer } from '@novation/client'
import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { AccountLink } from '../parts/go'
import { Stack } from '../parts/stack'
import { type Column, Table } from '../parts/table'
import { Tanks } from '../parts/tanks'
import { compare, isZero, pixelsOf, readable, sumOf } from '../say/amounts'
import { count } from '../say/counts'

type Waterfall = Answer<'waterfall'>
type Default = Waterfall['defaults'][number]

/** What a default has cost and may still cost: paid by the operator, by the fund, and lacked. */
const partsOf = ({ paid, deficit }: Default) =>
  [
    ['skin-in-the-game', paid.skinInTheGame],
    ['fund', paid.fund],
    ['lacked', deficit],
  ] as const

const costOf = ({ deficit, paid }: Default): string => sumOf([deficit, paid.fund, paid.skinInTheGame])

const columnsUpTo = (most: number): readonly Column<Default>[] => [
  {
    head: 'account',
    cell: ({ account }) => (account === undefined ? 'somebody' : <AccountLink account={account} />),
    text: ({ account }) => account ?? '',
  },
  { head: 'who pays', cell: (one) => <Stack of={partsOf(one)} most={most} />, text: costOf },
  { head: 'lacks still', isFigure: true, cell: ({ deficit }) => readable(deficit), text: ({ deficit }) => deficit },
  {
    head: 'operator paid',
    isFigure: true,
    cell: ({ paid }) => readable(paid.skinInTheGame),
    text: ({ paid }) => paid.skinInTheGame,
  },
  { head: 'fund paid', isFigure: true, cell: ({ paid }) => readable(paid.fund), text: ({ paid }) => paid.fund },
]

const sentence = ({ deficits, uncovered, defaults }: Waterfall): string => {
  if (defaults.length === 0) return 'Nobody is in default at this moment.'
  if (isZero(deficits))
    return `${count(defaults.length, 'account is', 'accounts are')} being dealt with; none of them lacks anything.`
  const lacked = `${count(defaults.length, 'account is', 'accounts are')} in default and lack ${readable(deficits)}`
  return isZero(uncovered)
    ? `${lacked}; the layers hold more than that.`
    : `${lacked}; ${readable(uncovered)} of it is more than the layers hold.`
}

/** What each layer has left, and what each default has cost. */
export const Waterfall = () => {
  const known = answerTo('waterfall', {})
  return (
    <>
      {known.data === undefined ? null : <p class="sentence">{sentence(known.data)}</p>}
      <div class="cards narrow-first">
        <Answered title="Who pays?" note="left of each layer" known={known}>
          {(data) => <Tanks waterfall={data} />}
        </Answered>
        <Answered
          title="What does each default cost?"
          note={
            <>
              <span class="key skin-in-the-game">■</span> operator <span class="key fund">■</span> fund{' '}
              <span class="key lacked">■</span> lacked still
            </>
          }
          known={known}
        >
          {({ defaults }) => {
            const worst = defaults.toSorted((a, b) => compare(costOf(b), costOf(a)))
            const most = Math.max(1, ...worst.slice(0, 1).map((one) => pixelsOf(costOf(one))))
            return (
              <Table
                name="defaults"
                rows={worst}
                columns={columnsUpTo(most)}
                keyOf={({ account, liquidation }) => account ?? liquidation ?? ''}
                none="Nobody is in default at this moment."
              />
            )
          }}
        </Answered>
      </div>
    </>
  )
}

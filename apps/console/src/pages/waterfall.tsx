import type { Answer } from '@novation/client'
import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { To } from '../parts/go'
import { type Column, Table } from '../parts/table'
import { Tanks } from '../parts/tanks'
import { readable } from '../say/amounts'

type Default = Answer<'waterfall'>['defaults'][number]

const columns: readonly Column<Default>[] = [
  {
    head: 'account',
    cell: ({ account }) => (
      <To page="accounts" item={account ?? ''}>
        {account ?? 'somebody'}
      </To>
    ),
    text: ({ account }) => account ?? '',
  },
  { head: 'lacks', isFigure: true, cell: ({ deficit }) => readable(deficit), text: ({ deficit }) => deficit },
  {
    head: 'paid by the operator',
    isFigure: true,
    cell: ({ paid }) => readable(paid.skinInTheGame),
    text: ({ paid }) => paid.skinInTheGame,
  },
  { head: 'paid by the fund', isFigure: true, cell: ({ paid }) => readable(paid.fund), text: ({ paid }) => paid.fund },
]

/** What each layer has left, and what each default has cost. */
export const Waterfall = () => {
  const known = answerTo('waterfall', {})
  return (
    <div class="cards two">
      <Answered title="Who pays?" note="left of each layer" known={known}>
        {(data) => <Tanks waterfall={data} />}
      </Answered>
      <Answered title="What has each default cost?" known={known}>
        {({ defaults }) => (
          <Table
            name="defaults"
            rows={defaults}
            columns={columns}
            keyOf={({ account }) => account ?? ''}
            none="Nobody is in default at this moment."
          />
        )}
      </Answered>
    </div>
  )
}

import type { Answer, Item } from '@novation/client'
import { useEffect, useRef, useState } from 'preact/hooks'
import { openLine } from '../model/line'
import { place, pool, revision, sweepRest } from '../model/session'
import { Card } from '../parts/card'
import { Choice } from '../parts/choice'
import { AccountLink } from '../parts/go'
import { Status } from '../parts/status'
import { type Column, Table } from '../parts/table'
import { readable } from '../say/amounts'
import { count } from '../say/counts'
import { now } from '../world'

type Account = Answer<'account'>

const statuses = ['healthy', 'restricted', 'liquidatable', 'bankrupt'] as const
const step = 1000

const columns: readonly Column<Account>[] = [
  {
    head: 'account',
    cell: ({ account }) => <AccountLink account={account} />,
    text: ({ account }) => account,
  },
  { head: 'status', cell: ({ status }) => <Status of={status} />, text: ({ status }) => status },
  {
    head: 'equity',
    isFigure: true,
    cell: ({ equity }) => (equity === undefined ? 'unknown' : readable(equity)),
    text: ({ equity }) => equity ?? '',
  },
  {
    head: 'initial margin',
    isFigure: true,
    cell: ({ initialMargin }) => (initialMargin === undefined ? 'unknown' : readable(initialMargin)),
    text: ({ initialMargin }) => initialMargin ?? '',
  },
  {
    head: 'maintenance margin',
    isFigure: true,
    cell: ({ maintenanceMargin }) => (maintenanceMargin === undefined ? 'unknown' : readable(maintenanceMargin)),
    text: ({ maintenanceMargin }) => maintenanceMargin ?? '',
  },
  {
    head: 'positions',
    cell: ({ positions }) => positions.map(({ instrument, quantity }) => `${quantity} ${instrument}`).join(', '),
    text: ({ positions }) => positions.map(({ instrument, quantity }) => `${quantity} ${instrument}`).join('; '),
  },
]

const wrongIn = (error: unknown): string => (error instanceof Error ? error.message : String(error))

interface ShownAccounts {
  readonly rows: readonly Item<'accounts'>[]
  readonly isWhole: boolean
  /** Of which moment, and how they were chosen. */
  readonly at: number
  readonly filter: string | undefined
}

/** So many accounts of a status at a revision, those nearest the line first; those of the moment before until they are there. */
const useAccounts = (many: number) => {
  const [shown, setShown] = useState<ShownAccounts | string>()
  const [at, filter] = [revision.value, place.value?.filter]
  const line = useRef(openLine())
  const isGone = useRef(false)
  useEffect(
    () => () => {
      isGone.current = true
    },
    [],
  )
  useEffect(() => {
    if (at === undefined) return
    const read = async (): Promise<ShownAccounts> => {
      const status = statuses.find((one) => one === filter)
      const rows: Item<'accounts'>[] = []
      const words = { at, sort: 'room' as const, limit: step, ...(status === undefined ? {} : { status }) }
      for await (const row of pool().list('accounts', words)) {
        if (rows.length === many) return { rows, isWhole: false, at, filter }
        rows.push(row)
      }
      return { rows, isWhole: true, at, filter }
    }
    line.current.want({
      work: async () => {
        if (isGone.current) return
        const began = now()
        const found = await read().catch(wrongIn)
        if (isGone.current) return
        setShown(found)
        await sweepRest(now() - began)
      },
    })
  }, [at, filter, many])
  const isOld = typeof shown === 'object' && (shown.at !== at || shown.filter !== filter)
  return { shown, isOld }
}

const Filter = () => (
  <Choice name="Status" of={[['', 'all'], ...statuses.map((status): [string, string] => [status, status])]} />
)

/** Everybody, whoever is nearest the line first. */
export const Accounts = () => {
  const [many, setMany] = useState(step)
  const { shown, isOld } = useAccounts(many)
  return (
    <Card title="Who is how far from the line?" note={<Filter />} isOld={isOld}>
      {typeof shown === 'string' ? <p class="notice">This could not be answered: {shown}</p> : null}
      {shown === undefined || typeof shown === 'string' ? (
        <p class="empty">{shown === undefined ? 'Asking the gateway …' : ''}</p>
      ) : (
        <>
          <Table
            name="accounts"
            rows={shown.rows}
            columns={columns}
            keyOf={({ account }) => account}
            none="No account stands so at this moment."
          />
          {shown.isWhole ? (
            <p class="dim">{count(shown.rows.length, 'account')}.</p>
          ) : (
            <button type="button" onClick={() => setMany(many + step)}>
              More than {count(shown.rows.length, 'account')}: show {step} more
            </button>
          )}
        </>
      )}
    </Card>
  )
}

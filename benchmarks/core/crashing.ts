import { emptyPool } from '@novation/clearing'
import { advance, startMesh } from '@novation/platform'
import { serviceReactors } from '../../apps/cli/src/run/reactors'
import { type Row, say } from '../table/row'
import { start_ms, timed_us } from './clock'
import { houseOf, prices } from './house'

const seconds = [10, 60, 300, 700, 1300, 1900, 2200, 2300, 2400, 3000, 6000, 10_000]

const crash_us = (accounts: number): number => {
  say(`a crash, ${accounts} accounts`)
  const book = emptyPool('main')
  const mesh = startMesh(book, serviceReactors(book))
  for (const { command, second } of houseOf(accounts, accounts * 20))
    void advance(mesh, command, start_ms + second * 1000, 10_000_000)
  return timed_us(() => {
    for (const { command, second } of seconds.flatMap((at) => prices(0.7, at)))
      void advance(mesh, command, start_ms + second * 1000, 10_000_000)
  })
}

/** Everything falls by three tenths, half of all are long, and the waterfall runs to its end. */
export const measure = (accounts: readonly number[]): readonly Row[] => {
  const took = accounts.map((count) => ({ count, us: crash_us(count) }))
  const rows = took.map(
    ({ count, us }): Row => ({
      id: `crash-${count}`,
      what: `a crash by three tenths, the whole waterfall, ${count.toLocaleString('en')} accounts`,
      figure: us / 1e6,
      unit: 's',
      ...(count === 10_000 ? { goal: { of: 'figure', is: 'at most', value: 30 } } : {}),
    }),
  )
  const [first, last] = [took[0], took.at(-1)]
  if (first === undefined || last === undefined || first === last) return rows
  const power = Math.log(last.us / first.us) / Math.log(last.count / first.count)
  const what = `it grows by this power of the accounts, from ${first.count.toLocaleString('en')} to ${last.count.toLocaleString('en')}`
  return [
    ...rows,
    { id: 'crash-power', what, figure: power, unit: '', goal: { of: 'figure', is: 'at most', value: 1.1 } },
  ]
}

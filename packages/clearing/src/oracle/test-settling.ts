import { format, zero } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { alike, type CourseIndex } from '@novation/risk/kit'
import { deposit, list, open, parameters, pool, type Step, trade, type Wish } from '../kit'
import { registerKey } from '../kit/identity'
import { asAnna, clockRuns, said, setIndex, withSources } from '../kit/oracle'
import { begin, type World } from '../kit/world'

export const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
export const index: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7), deviation: '1', confirm_ms: 1000 }
export const minute = 60_000

/** It expires an hour after everything begins, and is settled at its last ten minutes. */
export const expiry = begin + 60 * minute
export const settlement = { twap_s: 600, longest_s: 1200 }
export const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(registerKey('C clock'), 'C'),
  asAnna(setIndex(index)),
  asAnna(parameters({ priceTolerance_s: 60, settlementBand: '0.05' })),
  asAnna(list('ETH-DEC', { index: 'ETH-USD', kind: 'future', expiry: formatTime(expiry), settlement })),
  ...['alice', 'bob'].flatMap((account) => [asAnna(open(account)), asAnna(deposit(account, '1000 USD'))]),
]

/** So many seconds after the window began. */
export const windowTime = (second: number) => expiry - 10 * minute + second * 1000
export const inWindow = (second: number): Step => clockRuns(windowTime(second))
export const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))
export const tick =
  (second: number, price: string): Step =>
  (world) =>
    all(price)(inWindow(second)(world))

/** It is 200, and alice has bought one before the window begins. */
export const held = [
  ...begun,
  clockRuns(windowTime(-20)),
  all('200'),
  asAnna(trade({ trade: '', instrument: 'ETH-DEC', buyer: 'alice', seller: 'bob', quantity: '1', price: '200' })),
]
/** Every half minute of the window a price, from the first to the last of them. */
export const told = (from: string, to: string): readonly Step[] =>
  Array.from({ length: 21 }, (_, i) => tick(30 * i, i < 10 ? from : to))

export const settlesNow: Wish = { type: 'SettleInstrument', data: { instrument: 'ETH-DEC' } }
export const windows = (count: number) => pool(({ oracle }) => expect(oracle?.windows.size).toBe(count))
/** What cash somebody has. */
export const cashOf =
  (account: string) =>
  ({ pool: { accounts } }: Pick<World, 'pool'>): string =>
    format(accounts.get(account)?.balances.get('USD') ?? zero)

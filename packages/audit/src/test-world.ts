import { type Book, emptyPool, evolve, follow, type Pool } from '@novation/clearing'
import {
  type Command,
  decodeCommand,
  encodeEvent,
  type LedgerEvent,
  parseTime,
  type Sender,
  type Stored,
} from '@novation/events'
import { type Ask, advance, ask, type Hosted, hostOn, type Reactor, startMesh } from '@novation/platform'

/** The services of the mesh in their least form: what this room is given by others, so that its tests need nobody. */
const service = (name: Sender, due: (pool: Pool) => readonly Ask[]): Reactor<Book> => ({
  name,
  initial: emptyPool,
  evolve: follow,
  due,
})

const liquidationOf = (pool: Pool, account: string): string => pool.accounts.get(account)?.liquidation?.id ?? ''

const reactors: readonly Reactor<Book>[] = [
  service('margin', ({ standing: { duties } }) => [
    ...[...duties.call].map((account) => ask('CallMargin', { account }, account)),
    ...[...duties.closeCall].map((account) => ask('CloseCall', { account }, account)),
    ...[...duties.callDebit].map((account) => ask('CallDebit', { account }, account)),
    ...[...duties.closeDebit].map((account) => ask('CloseDebit', { account }, account)),
  ]),
  service('liquidator', (pool) => {
    const { start, end, deleverage, closeOut } = pool.standing.duties
    return [
      ...[...start].map((account) => ask('StartLiquidation', { account }, account)),
      ...[...end].map((account) => ask('EndLiquidation', { liquidation: liquidationOf(pool, account) }, account)),
      ...[...deleverage].map((account) => ask('Deleverage', { liquidation: liquidationOf(pool, account) }, account)),
      ...[...closeOut].map((account) => ask('CloseOut', { liquidation: liquidationOf(pool, account) }, account)),
    ]
  }),
  service('insurance', (pool) =>
    pool.standing.duties.owing.size > 0 && pool.liquidations.size === 0 ? [ask('CoverLoss', {}, pool.name)] : [],
  ),
]

export const services = (book: Book): readonly Hosted[] => [hostOn(book, reactors)]

export const start_ms = parseTime('2020-03-12T10:00:00.000Z')

/** One line of a run: so many seconds after the start, `type`, `data`, and who asks. */
export type Line = readonly [second: number, type: string, data: unknown, actor?: string]

export const commandOf = ([second, type, data, actor = 'operator']: Line, index: number): Command => {
  const at = new Date(start_ms + second * 1000).toISOString()
  const decoded = decodeCommand({ id: `c-${index + 1}`, type, pool: 'main', at, data }, actor)
  if (decoded._tag === 'Left') throw new Error(decoded.left.reason)
  return decoded.right
}

/** Everything that `lines` bring about, with the services reacting, as `novation run` would have it. */
export const runLines = (
  lines: readonly Line[],
  reacting: (book: Book) => readonly Hosted[] = services,
): readonly LedgerEvent[] => {
  const book = emptyPool('main')
  const mesh = startMesh(book, reacting(book))
  return lines.flatMap((line, index) => {
    const step = advance(mesh, commandOf(line, index), start_ms + line[0] * 1000, 10_000)
    if (step.outcome.tag !== 'decided') throw new Error(`line ${index + 1} was ${step.outcome.tag}`)
    return step.events
  })
}

export const storedOf = (events: readonly LedgerEvent[]): readonly Stored[] => events.map(encodeEvent)

export const foldOf = (events: readonly LedgerEvent[]): Book => events.reduce(evolve, emptyPool('main'))

const tiers = [
  { upTo: '100000', initial: '0.1', maintenance: '0.05' },
  { initial: '0.2', maintenance: '0.1' },
]

const opened = (account: string, amount: string, second: number): readonly Line[] => [
  [second, 'OpenAccount', { account }, 'venue'],
  [second, 'Deposit', { account, asset: 'USD', amount }, 'venue'],
]

const tick = (second: number, price: string): Line => [
  second,
  'PublishPrice',
  { instrument: 'BTC-PERP', price },
  'oracle',
]

const trade = (second: number, id: string, buyer: string, seller: string, quantity: string, price: string): Line => [
  second,
  'ClearTrade',
  { trade: id, instrument: 'BTC-PERP', buyer, seller, quantity, price },
  'venue',
]

/** A pool with a fund, an instrument, and three traders of whom alice is long with little behind her. */
export const calm: readonly Line[] = [
  [0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  [
    0,
    'ListInstrument',
    { instrument: 'BTC-PERP', kind: 'perpetual', settlementAsset: 'USD', margin: { model: 'tiered', tiers } },
  ],
  [
    0,
    'SetPoolParameters',
    { waterfall: { skinInTheGame: '50' }, liquidation: { dust: '1' }, settlementBand: '1', deviation: '10' },
  ],
  [0, 'FundInsurance', { asset: 'USD', amount: '500' }],
  [0, 'FundInsurance', { asset: 'USD', amount: '100', tranche: 'skin-in-the-game' }],
  ...opened('alice', '1500', 1),
  ...opened('bob', '5000', 2),
  ...opened('carol', '3000', 3),
  ...opened('kim', '20000', 4),
  tick(5, '1000'),
  trade(6, 't-1', 'alice', 'bob', '8', '1000'),
  trade(7, 't-2', 'carol', 'bob', '2', '1001'),
  trade(8, 't-3', 'alice', 'bob', '2', '1000'),
  [9, 'PayFunding', { instrument: 'BTC-PERP', rate: '0.001' }, 'oracle'],
  trade(10, 't-4', 'carol', 'bob', '1', '999'),
]

/** The price falls: a call, an auction with a bid, then the end of the auction below zero, and the waterfall. */
export const crash: readonly Line[] = [
  ...calm,
  tick(20, '920'),
  [21, 'Withdraw', { account: 'bob', asset: 'USD', amount: '100000' }, 'venue'],
  tick(30, '890'),
  [40, 'BidLiquidation', { liquidation: 'alice:1', bidder: 'kim', fraction: '0.1' }, 'keeper:kim'],
  tick(50, '780'),
  tick(120, '700'),
  tick(240, '700'),
  tick(360, '700'),
  tick(480, '700'),
  tick(600, '700'),
  tick(700, '700'),
  tick(800, '705'),
]

import { emptyPool, process } from '@novation/clearing'
import { type Command, developmentKey, type LedgerEvent, signCommand, signOrder, signQuote } from '@novation/events'
import { commandOf, type Line, start_ms } from './test-world'

/** The key of a name in the histories of tests. */
export const keyOf = (name: string) => developmentKey('audit', name)

export const domain = 'd0'

const signed = (line: Line, names: readonly string[], index: number): Command => {
  const command = commandOf(line, index)
  return names.length === 0 ? command : signCommand(command, domain, names.map(keyOf))
}

/** What comes of lines that are signed, without any service. */
export const runSigned = (
  lines: readonly (readonly [line: Line, ...names: readonly string[]])[],
): readonly LedgerEvent[] => {
  const book = emptyPool('main')
  return lines.flatMap(([line, ...names], index) => {
    const outcome = process(book, signed(line, names, index), start_ms + line[0] * 1000)
    if (outcome.tag !== 'decided') throw new Error(`line ${index + 1} was ${JSON.stringify(outcome)}`)
    return outcome.events
  })
}

const listed = {
  instrument: 'BTC-PERP',
  kind: 'perpetual',
  settlementAsset: 'USD',
  margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
}

const trade = { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '100' }

const bindingOf = (name: string, actor: string) => ({ actor, key: keyOf(name).key })

const order = {
  order: 'o-1',
  account: 'alice',
  instrument: 'BTC-PERP',
  side: 'buy',
  quantity: '2',
  limit: '101',
  until: '2020-03-12T11:00:00Z',
} as const

/** The same, and then alice trades on an order of hers, which she has signed with K; the last line but one is the trade. */
export const orderedLines = (): typeof adoptedLines => [
  ...adoptedLines.slice(0, 5),
  [[5, 'ListInstrument', listed, 'operator:anna'], 'A'],
  [[5, 'SetPoolParameters', { tradeBand: '1' }, 'operator:anna'], 'A'],
  [[5, 'RegisterKey', bindingOf('K', 'trader:alice'), 'operator:anna'], 'A', 'K'],
  [[5, 'SetConsent', { account: 'alice', consent: 'orders' }, 'trader:alice'], 'K'],
  [[5, 'OpenAccount', { account: 'bob' }, 'venue'], 'V'],
  [[5, 'Deposit', { account: 'bob', asset: 'USD', amount: '100' }, 'venue'], 'V'],
  [[5, 'PublishPrice', { instrument: 'BTC-PERP', price: '100' }, 'operator:anna'], 'A'],
  [[6, 'ClearTrade', { ...trade, orders: [signOrder(order, domain, keyOf('K'))] }, 'venue'], 'V'],
  [[7, 'CancelOrder', { account: 'alice', order: 'o-1' }, 'trader:alice'], 'K'],
]

/** Signed from the third event on: anna, ben and the venue, whose key V is revoked at the end. */
export const adoptedLines: readonly (readonly [line: Line, ...names: readonly string[]])[] = [
  [[0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }]],
  [[0, 'OpenAccount', { account: 'alice' }, 'venue']],
  [
    [
      1,
      'AdoptIdentity',
      { domain, keys: [bindingOf('A', 'operator:anna'), bindingOf('B', 'operator:ben')] },
      'operator:anna',
    ],
    'A',
    'B',
  ],
  [[2, 'RegisterKey', bindingOf('V', 'venue'), 'operator:anna'], 'A', 'V'],
  [[3, 'Deposit', { account: 'alice', asset: 'USD', amount: '100' }, 'venue'], 'V'],
  [[4, 'Deposit', { account: 'nobody', asset: 'USD', amount: '1' }, 'venue'], 'V'],
  [[5, 'Deposit', { account: 'alice', asset: 'USD', amount: '50' }, 'venue'], 'V'],
  [[6, 'RevokeKey', { key: keyOf('V').key, reason: 'compromised' }, 'operator:ben'], 'B'],
]

const sources = ['q1', 'q2', 'q3', 'q4', 'q5']

const index = {
  index: 'BTC-USD',
  base: 'BTC',
  currency: 'USD',
  places: 2,
  sources: sources.map((source) => ({ source, weight: 1 })),
  quorum: 4,
}

/** What each source has signed, one cent after the other. */
const quotes = sources.map((source, i) =>
  signQuote(
    { source, base: 'BTC', currency: 'USD', at: '2020-03-12T10:00:09.000Z', price: `100.0${i}` },
    keyOf(source),
  ),
)

/** The same, and then an index of what five sources sign; the last line has their quotes. */
export const quotedLines = (): typeof adoptedLines => [
  ...adoptedLines.slice(0, 4),
  ...sources.map((source): (typeof adoptedLines)[number] => [
    [5, 'RegisterKey', bindingOf(source, `source:${source}`), 'operator:anna'],
    'A',
    source,
  ]),
  [[6, 'SetIndex', index, 'operator:anna'], 'A'],
  [[10, 'PublishQuotes', { quotes }, 'operator:anna'], 'A'],
]

import type { Stored } from '@novation/events'
import { crash, runLines, storedOf } from '../test-world'
import { altering, changed, decided, renumbered, resealed, type Said, saidBy, same, sealed } from './test-tampering'

export const events = runLines(crash)
export const ledger = storedOf(events)
const event = (revision: number): Stored => ledger[revision] as Stored

const { envelope, data, metadata, without } = altering(ledger)
/** So many events from `from` on stand before the one that is at `to` without them. */
const moved = (from: number, count: number, to: number): readonly Stored[] => {
  const rest = [...ledger.slice(0, from), ...ledger.slice(from + count)]
  return [...rest.slice(0, to), ...ledger.slice(from, from + count), ...rest.slice(to)]
}
const swapped = (a: number, b: number): readonly Stored[] =>
  ledger.map(({ revision }) => event(revision === a ? b : revision === b ? a : revision))
const beside = (list: readonly Stored[]): readonly Stored[] => list.map((each, revision) => ({ ...each, revision }))

type Fields = Readonly<Record<string, unknown>>
const body = (change: (text: string) => string) => changed(ledger, 6, (one) => ({ ...one, body: change(one.body) }))
const command = (more: Fields) =>
  metadata(6, { command: { ...(saidBy(event(6)).metadata.command as object), ...more } })
type Move = readonly [account: string, asset: string, amount: string]
const postings = (...moves: readonly Move[]) =>
  envelope(6, { postings: moves.map(([account, asset, amount]) => ({ account, asset, amount })) })

/** A deposit altered in its data, its postings and its command, so that it agrees with itself. */
const consistent = (said: Said): Said => JSON.parse(JSON.stringify(said).replaceAll('1500"', '1501"'))

/**
 * What was done, and every check that breaks with the revision where it does, at each depth. `-` is a ledger that holds:
 * the next table says who finds that.
 */
export const tamperings: readonly (readonly [string, readonly Stored[], string, string, string])[] = [
  // What stands in the file or beside it, no hash made anew: the chain sees it by itself, at every depth.
  ['a figure', body((text) => text.replace('"1500"', '"1501"')), 'hash@6', 'hash@6', 'hash@6'],
  ['a space', body((text) => text.replace('{"account"', '{ "account"')), 'hash@6', 'hash@6', 'hash@6'],
  ['a space at the end', body((text) => `${text} `), 'hash@6', 'hash@6', 'hash@6'],
  ['half of it', body((text) => text.slice(0, 100)), ...same('columns@6 link@6 hash@6')],
  ['no object', body(() => 'null'), ...same('columns@6 link@6 hash@6')],
  ['the revision beside', changed(ledger, 6, (one) => ({ ...one, revision: 60 })), ...same('order@6 columns@60')],
  ['the type beside', changed(ledger, 6, (one) => ({ ...one, type: 'PriceTick' })), ...same('columns@6')],
  ['the hash beside', changed(ledger, 6, (one) => ({ ...one, hash: 'f'.repeat(64) })), ...same('link@7 hash@6 id@6')],
  ['the id beside', changed(ledger, 6, (one) => ({ ...one, id: event(5).id })), ...same('id@6')],
  ['the link', changed(ledger, 6, (one) => sealed([saidBy(one)])[0] as Stored), ...same('link@6')],
  ['two swapped', swapped(20, 21), ...same('order@20 link@21')],
  ['two swapped, renumbered beside', beside(swapped(20, 21)), ...same('columns@20 link@20')],
  ['one missing', without(20), ...same('order@20 link@21')],
  ['two missing', without(20, 21), ...same('order@20 link@22')],
  ['the first missing', without(0), ...same('order@0 link@1')],
  ['one missing, renumbered beside', beside(without(20)), ...same('columns@20 link@20')],
  ['one twice', [...ledger.slice(0, 21), ...ledger.slice(20)], ...same('order@21 link@20')],
  [
    'one more',
    [...ledger.slice(0, 20), { ...event(6), revision: 20 }, ...ledger.slice(20)],
    ...same('order@21 columns@20 link@20'),
  ],
  // Everything hashed anew. What the chain still sees:
  ['of another pool', envelope(6, { pool: 'other' }), ...same('columns@6')],
  ['a ledger of another pool', sealed(ledger.map((one) => ({ ...saidBy(one), pool: 'other' }))), ...same('columns@0')],
  // The order of events and of commands.
  ['two of a command swapped', renumbered(swapped(21, 22)), 'execution@21', '-', '-'],
  ['the first of a command last', renumbered(moved(20, 1, 22)), 'command@20 execution@20', 'command@20', '-'],
  ['a deposit before its account', renumbered(moved(12, 1, 4)), 'fold@4 execution@4', 'fold@4', '-'],
  ['a command within another', renumbered(moved(29, 1, 26)), 'command@26 execution@26', 'command@26', '-'],
  // Missing.
  ['the first event missing', renumbered(without(0)), 'fold@5 execution@0', 'fold@5', '-'],
  ['the first of a command missing', renumbered(without(20)), 'command@20 execution@20', 'command@20', '-'],
  ['the second of a command missing', renumbered(without(21)), 'command@22 execution@21', 'command@22', '-'],
  ['the last of a command missing', renumbered(without(22)), 'command@22 execution@22', 'command@22', '-'],
  ['a command missing', renumbered(without(20, 21, 22)), 'execution@24', '-', '-'],
  ['a rejection missing', renumbered(without(31)), '-', '-', '-'],
  ['the tail missing, within a command', ledger.slice(0, 15), 'command@15', 'command@15', '-'],
  ['the tail missing, between commands', ledger.slice(0, 14), '-', '-', '-'],
  // More than there was.
  [
    'an event twice',
    renumbered([...ledger.slice(0, 22), ...ledger.slice(21)]),
    'command@23 house@22 execution@22',
    'command@23 house@22',
    '-',
  ],
  ['a command twice', renumbered([...ledger.slice(0, 23), ...ledger.slice(20)]), 'execution@23', '-', '-'],
  ['the last command twice', renumbered([...ledger, event(54)]), 'execution@56', '-', '-'],
  // The command that it came from.
  ['the command gone', metadata(6, { command: undefined }), 'command@6 execution@6', 'command@6', '-'],
  ['the command of three gone', metadata(20, { command: undefined }), 'command@20 execution@20', 'command@20', '-'],
  ['another amount asked for', command({ data: { account: 'alice', asset: 'USD', amount: '1' } }), ...decided(6)],
  ['another id', command({ id: 'other' }), ...decided(6)],
  ['another sender', command({ actor: 'operator' }), ...decided(6)],
  ['a sender who may not', command({ actor: 'oracle' }), ...decided(6)],
  ['a type of command nobody knows', command({ type: 'Teleport' }), ...decided(6)],
  ['for another pool', command({ pool: 'other' }), ...decided(6)],
  ['asked at another time', command({ at: '2020-03-12T10:00:01.500Z' }), '-', '-', '-'],
  ['a command on the second event', metadata(21, { command: saidBy(event(20)).metadata.command }), ...decided(21)],
  // How many events it made, and whose they are.
  ['more events than there are', metadata(6, { events: 2 }), 'command@7 execution@6', 'command@7', '-'],
  [
    'fewer events than there are',
    metadata(20, { events: 2 }),
    'command@22 house@21 execution@20',
    'command@22 house@21',
    '-',
  ],
  ['no events', metadata(6, { events: 0 }), 'command@6 execution@6', 'command@6', '-'],
  ['no count', metadata(6, { events: undefined }), 'command@6 execution@6', 'command@6', '-'],
  ['a count on the second', metadata(21, { events: 2 }), 'command@21 execution@21', 'command@21', '-'],
  ['the first of another', metadata(20, { commandId: 'c-x' }), 'command@21 execution@20', 'command@21', '-'],
  ['the second of another', metadata(21, { commandId: 'c-x' }), 'command@21 execution@21', 'command@21', '-'],
  ['the last of another', metadata(22, { commandId: 'c-x' }), 'command@22 execution@22', 'command@22', '-'],
  ['of another sender', metadata(6, { actor: 'operator' }), ...decided(6)],
  ['of another cause', metadata(6, { causationId: 'x' }), ...decided(6)],
  ['of another conversation', metadata(6, { correlationId: 'x' }), ...decided(6)],
  // When.
  ['earlier than the one before', envelope(13, { at: '2020-03-12T10:00:00.000Z' }), ...decided(13)],
  ['a millisecond later', envelope(6, { at: '2020-03-12T10:00:01.001Z' }), '-', '-', '-'],
  ['at no time', envelope(6, { at: 'noon' }), 'reading@6', 'reading@6', '-'],
  // By which rules and in which form.
  ['other rules', metadata(6, { decider: 1 }), 'decider@6', 'decider@6', '-'],
  ['other rules for the second event', metadata(21, { decider: 1 }), 'decider@21', 'decider@21', '-'],
  ['a schema of tomorrow', metadata(6, { version: 2 }), 'reading@6', 'reading@6', '-'],
  ['a schema of never', metadata(6, { version: 0 }), 'reading@6', 'reading@6', '-'],
  ['a type nobody knows', envelope(6, { type: 'CollateralTeleported' }), 'reading@6', 'reading@6', '-'],
  ['another type', envelope(6, { type: 'CollateralWithdrawn' }), ...decided(6)],
  ['a number for a text', data(6, { amount: 1500 }), 'reading@6', 'reading@6', '-'],
  ['a field missing', data(6, { amount: undefined }), 'reading@6', 'reading@6', '-'],
  // Values.
  ['an amount in data', data(6, { amount: '1501' }), ...decided(6)],
  ['an amount everywhere', resealed(ledger, 6, consistent), 'execution@30', '-', '-'],
  ['a figure that moves no money', data(33, { equity: '391' }), ...decided(33)],
  ['postings gone', postings(), ...decided(6)],
  ['one posting of two', postings(['trader/alice', 'USD', '1500']), 'postings@6 execution@6', 'postings@6', '-'],
  [
    'a posting of more',
    postings(['custody', 'USD', '-1500'], ['trader/alice', 'USD', '1501']),
    'postings@6 execution@6',
    'postings@6',
    '-',
  ],
  [
    'a posting in another asset',
    postings(['custody', 'EUR', '-1500'], ['trader/alice', 'USD', '1500']),
    'postings@6 execution@6',
    'postings@6',
    '-',
  ],
  [
    'a posting in two',
    postings(['custody', 'USD', '-1500'], ['trader/alice', 'USD', '1499'], ['trader/alice', 'USD', '1']),
    ...decided(6),
  ],
  [
    'a posting to nobody',
    postings(['custody', 'USD', '-1'], ['trader/nobody', 'USD', '1']),
    'fold@6 execution@6',
    'fold@6',
    '-',
  ],
  [
    'a posting to the house',
    postings(['clearing', 'USD', '-1500'], ['trader/alice', 'USD', '1500']),
    'house@6 execution@6',
    'house@6',
    '-',
  ],
  ['postings gone amid a command', envelope(15, { postings: [] }), 'fold@15 execution@15', 'fold@15', '-'],
  // Smuggled in, where it moves nothing.
  ['a field more in data', data(6, { note: 'x' }), ...decided(6)],
  ['a field more in the envelope', envelope(6, { note: 'x' }), ...decided(6)],
  ['a field more in the metadata', metadata(6, { note: 'x' }), ...decided(6)],
  [
    'a field more in a posting',
    envelope(6, { postings: saidBy(event(6)).postings.map((each) => ({ ...each, note: 'x' })) }),
    ...decided(6),
  ],
  ['a field more in the command', command({ note: 'x' }), ...decided(6)],
  [
    'a field more in the data of the command',
    command({ data: { account: 'alice', asset: 'USD', amount: '1500', note: 'x' } }),
    ...decided(6),
  ],
  [
    'the same in another order of fields',
    sealed(ledger.map(saidBy), (said) => JSON.stringify(Object.fromEntries(Object.entries(said).reverse()))),
    'execution@0',
    '-',
    '-',
  ],
]

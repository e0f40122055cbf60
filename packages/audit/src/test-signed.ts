import { emptyPool, process } from '@novation/clearing'
import { type Command, developmentKey, type LedgerEvent, signCommand } from '@novation/events'
import { commandOf, type Line, start_ms } from './test-world'

/** The key of a name in the histories of tests. */
export const keyOf = (name: string) => developmentKey('audit', name)

const domain = 'd0'

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

const bindingOf = (name: string, actor: string) => ({ actor, key: keyOf(name).key })

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

import { type Statement, statementOf } from '@novation/clearing'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { openLedger } from '../ledger/open-ledger'
import { poolOf } from '../ledger/pool-of'
import { stateAt } from '../ledger/state-at'
import { describeStatement } from '../report/statement'
import { at, ledger, output, pool } from '../settings/shared'
import type { Place } from '../settings/texts'
import { subcommand } from '../subcommand'

const nothingYet = (directory: string): Failure =>
  new Failure({
    id: 'no-events',
    exit: exitCodes.failed,
    what: `there is no event at or before that position in ${directory}`,
    remedy: 'ask for a later position, or for --at=end',
  })

const statementAt = async (directory: string, name: string | undefined, place: Place): Promise<Statement> => {
  const store = openLedger(directory)
  try {
    const chosen = name ?? (await poolOf(store))
    const state = chosen === undefined ? undefined : await stateAt(store, chosen, place)
    if (state === undefined) throw nothingYet(directory)
    return statementOf(state)
  } finally {
    await store.close()
  }
}

export const solvency = subcommand({
  name: 'solvency',
  summary: 'What the house holds and owes, at any revision or time. Exit 4 where it is insolvent.',
  operands: [],
  flags: { ledger, pool, at, output },
  examples: [
    'novation solvency --ledger=.novation',
    'novation solvency --ledger=.novation --at=812 --output=json',
    'novation solvency --ledger=.novation --at=@2020-03-12T10:45:00Z',
  ],
  run: async (settings, _, world) => {
    const statement = await statementAt(settings.ledger, settings.pool, settings.at)
    await world.out.write(settings.output === 'json' ? `${JSON.stringify(statement)}\n` : describeStatement(statement))
    return statement.solvent ? exitCodes.ok : exitCodes.finding
  },
})

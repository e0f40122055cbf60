import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Row, say } from '../table/row'
import { newCore } from './either-core'
import { houseOf, loadOf } from './house'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const held = (): number => {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes that an account with a position takes, and the outcome of a command, in a book of so many. */
export const measure = (accounts: number): readonly Row[] => {
  say(`memory, ${accounts} accounts`)
  const core = newCore()
  const before = held()
  // Lines are made as they are decided: a command that is kept keeps its text.
  for (const line of houseOf(accounts, accounts * 20)) void core.decide(line)
  const opened = held()
  const outcomes = core.pool().outcomes.size
  for (const line of loadOf(accounts, 10 * accounts)) void core.decide(line)
  const loaded = held()
  const more = core.pool().outcomes.size - outcomes
  const outcome = (loaded - opened) / more
  return [
    {
      id: 'memory-account',
      what: `memory: an account with a position, its ${(outcomes / accounts).toFixed(1)} outcomes taken off`,
      figure: (opened - before - outcome * outcomes) / accounts,
      unit: 'bytes',
      goal: { of: 'figure', is: 'at most', value: 1_500 },
    },
    {
      id: 'memory-outcome',
      what: 'memory: the outcome of a command, and what a calm day leaves beside it',
      figure: outcome,
      unit: 'bytes',
      goal: { of: 'figure', is: 'at most', value: 64 },
    },
  ]
}

import { parseArgs } from 'node:util'

export interface Options {
  /** How many accounts the pool has before anything is measured. */
  readonly accounts: number
  /** How many commands are sent at once to see how fast they are accepted and drained. */
  readonly commands: number
  /** How long the crash takes. */
  readonly seconds: number
  /** How often each way of writing has its turn. */
  readonly rounds: number
  readonly output: 'table' | 'json'
  /** A process for each reactor, instead of one for all. */
  readonly apart: boolean
  /** One part of it: the ledger or the reactors by themselves, which need no Kafka, the mesh, or the mesh with a gateway beside it and without. */
  readonly only?: Only
}

type Only = 'ledger' | 'reactors' | 'mesh' | 'gateway'

const isOnly = (text: string): text is Only => ['ledger', 'reactors', 'mesh', 'gateway'].includes(text)

const whole = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: expected a whole number from 1, found ${text}`)
  return value
}

export const readOptions = (): Options => {
  const { values } = parseArgs({
    options: {
      accounts: { type: 'string', default: '1000' },
      commands: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '60' },
      rounds: { type: 'string', default: '5' },
      output: { type: 'string', default: 'table' },
      apart: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  const { accounts, commands, seconds, rounds, output, apart, only } = values
  if (output !== 'table' && output !== 'json') throw new Error(`--output: expected table or json, found ${output}`)
  if (only !== undefined && !isOnly(only))
    throw new Error(`--only: expected ledger, reactors, mesh or gateway, found ${only}`)
  return {
    accounts: whole('accounts', accounts),
    commands: whole('commands', commands),
    seconds: whole('seconds', seconds),
    rounds: whole('rounds', rounds),
    output,
    apart,
    ...(only === undefined ? {} : { only }),
  }
}

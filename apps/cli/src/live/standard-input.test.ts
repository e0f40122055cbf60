import { Readable } from 'node:stream'
import { topics } from '@novation/events'
import { type Bus, type Log, meshTopics, openMemoryBus, type Scheduler } from '@novation/platform'
import { failingBus } from '@novation/platform/kit'
import type { World } from '../world'
import { takeStandardInput } from './standard-input'

const line = (account: string): string =>
  `${JSON.stringify({ id: `open-${account}`, type: 'OpenAccount', pool: 'main', actor: 'operator', data: { account } })}\n`

/** What is logged and what is tried when these lines come on standard input. */
const taking = async (
  lines: readonly string[],
  faultOf: (text: string, stop: AbortController) => 'unavailable' | 'refused' | undefined,
) => {
  const stop = new AbortController()
  const scheduler: Scheduler = { now: () => 0, sleep: async () => stop.abort() }
  const sent: string[] = []
  const memory: Bus = openMemoryBus({ topics: meshTopics(1), scheduler })
  const bus = failingBus(memory, (topic, [{ value }]) => {
    const fault = topic === topics.commands ? faultOf(String(value), stop) : undefined
    if (fault === undefined) sent.push((JSON.parse(String(value)) as { readonly id: string }).id)
    return fault
  })
  const logged: string[] = []
  const write = (fields: object, message: string): void => {
    const { command = '', reason = '' } = fields as { readonly command?: string; readonly reason?: string }
    logged.push([message, command, reason].join('|'))
  }
  const log: Log = { debug: write, info: write, warn: write, error: write, fatal: write }
  const world = {
    stdin: () => Readable.from(lines.map((text) => Buffer.from(text))),
    clock: scheduler,
  } as unknown as World
  await takeStandardInput(bus, ['main'], world, log, stop.signal)
  return { sent, logged }
}

describe('standard input', () => {
  it('says which command is refused for good, and why, and goes on with the next', async () => {
    const { sent, logged } = await taking([line('a'), line('b')], (text) =>
      text.includes('"a"') ? 'refused' : undefined,
    )
    expect(sent).toEqual(['open-b'])
    expect(logged).toEqual([
      'a line of standard input was refused|open-a|the test says: refused',
      'standard input has ended; the mesh goes on until it is told to stop||',
    ])
  })

  it('says which command is not sent where it is told to stop while the bus is away', async () => {
    const { sent, logged } = await taking([line('a') + line('b')], () => 'unavailable')
    expect(sent).toEqual([])
    expect(logged).toEqual(['told to stop: neither this command of standard input nor what follows it is sent|open-a|'])
  })
})

import { serviceRoles } from '@novation/events'
import { type CommandLine, commandLinesOf } from './command-lines'

const read = async (text: string): Promise<readonly CommandLine[]> => {
  const lines: CommandLine[] = []
  async function* source() {
    yield Buffer.from(text)
  }
  for await (const batch of commandLinesOf(source())) lines.push(...batch)
  return lines
}

const command = (more: object) =>
  JSON.stringify({ id: 'c-1', type: 'OpenAccount', pool: 'main', data: { account: 'alice' }, ...more })

describe('a line of commands', () => {
  it('is sent by the operator where it does not say by whom', async () => {
    expect(await read(command({}))).toMatchObject([{ line: 1, command: { actor: 'operator', type: 'OpenAccount' } }])
    expect(await read(command({ actor: 'venue' }))).toMatchObject([{ command: { actor: 'venue' } }])
  })

  it('that is not JSON is named by its number, and the lines around it are read', async () => {
    const lines = await read(`${command({})}\nnot json\n\n${command({})}\n`)
    expect(lines).toMatchObject([{ line: 1 }, { line: 2, code: 'malformed' }, { line: 4, command: { id: 'c-1' } }])
  })

  it('with ten thousand digits is malformed, and is not quoted whole', async () => {
    const [line] = await read(
      command({ type: 'Deposit', data: { account: 'alice', asset: 'USD', amount: '9'.repeat(10_000) } }),
    )
    expect(line).toMatchObject({ code: 'malformed', reason: expect.stringContaining('data.amount') })
    expect(line !== undefined && 'reason' in line && line.reason.length).toBeLessThan(300)
  })

  it.each([
    ['an exponent', { type: 'Deposit', data: { account: 'a', asset: 'USD', amount: '1e3' } }],
    ['a number', { type: 'Deposit', data: { account: 'a', asset: 'USD', amount: 1 } }],
    ['an unknown field', { data: { account: 'alice', vip: true } }],
    ['an id that forges a sub-account', { data: { account: 'alice/BTC-PERP' } }],
    ['an unknown command', { type: 'Print' }],
    ['a pool with a dash', { pool: 'a-b' }],
    ['a day that does not exist', { at: '2020-02-30T00:00:00Z' }],
  ])('with %s is malformed', async (_, more) => {
    expect(await read(command(more))).toMatchObject([{ line: 1, code: 'malformed' }])
  })

  it.each([...serviceRoles, 'margin:x'])('in the name of %s is refused: a service speaks for itself', async (actor) => {
    expect(await read(command({ actor }))).toMatchObject([{ line: 1, code: 'not-permitted' }])
  })

  it('in the name of a keeper is read: keepers bid from outside, the backstop included', async () => {
    const bid = { type: 'BidLiquidation', data: { liquidation: 'a:1', bidder: 'backstop', fraction: '1' } }
    expect(await read(command({ ...bid, actor: 'keeper:backstop' }))).toMatchObject([
      { command: { actor: 'keeper:backstop' } },
    ])
  })
})

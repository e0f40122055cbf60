import { exitCodes } from '../exit-code'
import { ndjson, smallPool, testWorld } from '../test-world'

const { take, file, folder } = testWorld()
const ledger = folder('ledger')

beforeAll(async () => {
  const later = ['PublishPrice', { instrument: 'BTC-PERP', price: '1010' }, { at: '2020-03-12T11:00:00Z' }] as const
  const { code } = await take(['run', file('small.ndjson', ndjson(...smallPool, later)), `--ledger=${ledger}`])
  expect(code).toBe(exitCodes.ok)
})

const revisions = async (...more: readonly string[]): Promise<readonly number[]> => {
  const { out } = await take(['tail', `--ledger=${ledger}`, ...more])
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).revision)
}

describe('novation tail', () => {
  it.each([
    ['start', 14, 0],
    ['end', 1, 13],
    ['12', 2, 12],
    ['14', 0, undefined],
    ['@2020-03-12T10:00:00Z', 14, 0],
    ['@2020-03-12T10:00:00.001Z', 1, 13],
    ['@2020-03-12T11:00:00Z', 1, 13],
    ['@2020-03-12T11:00:01Z', 0, undefined],
  ])('begins at %s, itself included', async (place, count, first) => {
    const found = await revisions(`--from=${place}`)
    expect([found.length, found[0]]).toEqual([count, first])
  })

  it('shows what is of a type and about an account', async () => {
    expect(await revisions('--filter=type:CollateralDeposited,account:bob')).toHaveLength(1)
  })

  it('follows from behind the end without showing what came before', async () => {
    const controller = new AbortController()
    const clock = {
      now: () => 0,
      sleep: async () => controller.abort(),
    }
    const { code, out, err } = await take(['tail', `--ledger=${ledger}`, '--from=14', '--follow'], {
      interrupted: controller.signal,
      clock,
    })
    expect({ code, out, err }).toEqual({
      code: exitCodes.interrupted,
      out: '',
      err: 'interrupted: go on with --from=14\n',
    })
  })
})

import { exitCodes } from '../exit-code'
import { anyPrice, ndjson, smallPool, testWorld } from '../test-world'

const { take, file, folder } = testWorld()
const ledger = folder('ledger')

beforeAll(async () => {
  const later = ['PublishPrice', { instrument: 'BTC-PERP', price: '1010' }, { at: '2020-03-12T10:01:00Z' }] as const
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
    ['@2020-03-12T10:01:00Z', 1, 13],
    ['@2020-03-12T10:01:01Z', 0, undefined],
  ])('begins at %s, itself included', async (place, count, first) => {
    const found = await revisions(`--from=${place}`)
    expect([found.length, found[0]]).toEqual([count, first])
  })

  it('shows what is of a type and about an account', async () => {
    expect(await revisions('--filter=type:CollateralDeposited,account:bob')).toHaveLength(1)
  })

  it('shows of an account the time that passed for it, and of the house what is posted to one of its books', async () => {
    const late = ['PublishPrice', { instrument: 'BTC-PERP', price: '860' }, { at: '2020-03-12T10:01:00Z' }] as const
    const soon = ['SetPoolParameters', { callPeriod_s: 60 }] as const
    const lines = file('called.ndjson', ndjson(...smallPool, anyPrice, soon, late))
    const called = folder('called')
    await take(['run', lines, `--ledger=${called}`, '--until=2020-03-12T13:00:00Z'])
    const types = async (filter: string) =>
      (await take(['tail', `--ledger=${called}`, `--filter=${filter}`])).out.match(/(?<="type":")[A-Z]\w+(?=","pool")/g)
    expect(await types('account:alice,type:TimePassed')).toEqual(['TimePassed'])
    expect(await types('account:bob,type:TimePassed')).toBeNull()
    expect(await types('account:insurance,type:InsuranceFunded')).toEqual(['InsuranceFunded'])
  })

  it.each([
    ['account=bob', '"account=bob" is no condition; expected type:… and account:…, separated by commas'],
    ['who:bob', '"who:bob" is no condition; expected type:… and account:…, separated by commas'],
    ['type:', '"type:" names nothing; expected type:… and account:…, separated by commas'],
    ['type:PriceTick,', '"" names nothing; expected type:… and account:…, separated by commas'],
    ['type:PriceTik', 'no event is called "PriceTik"; there is AccountOpened, '],
  ])('refuses the filter %s, and says what there is', async (filter, why) => {
    const { code, err } = await take(['tail', `--ledger=${ledger}`, `--filter=${filter}`])
    expect({ code, err }).toEqual({
      code: exitCodes.usage,
      err: expect.stringContaining(`novation tail: --filter: ${why}`),
    })
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

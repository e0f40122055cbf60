import { eventIdOf, genesis, linkHash, type Stored } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'
import { exitCodes } from './exit-code'
import { anyPrice, historyIn, ndjson, smallPool, testWorld } from './test-world'

const { take, file, folder } = testWorld()
const [today, old] = [folder('today'), folder('old')]

/** The same words, said to be decided by rules 1 and sealed anew. */
const ofRulesOne = (stored: Stored, previousHash: string): Stored => {
  const body = stored.body
    .replace(/"decider":\d+/, '"decider":1')
    .replace(/"previousHash":"\w+"/, `"previousHash":"${previousHash}"`)
  const hash = linkHash(previousHash, body)
  return { ...stored, body, hash, id: eventIdOf(hash) }
}

beforeAll(async () => {
  expect((await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${today}`])).code).toBe(0)
  const [from, to] = [openEmbeddedStore(today), openEmbeddedStore(old)]
  let head = genesis
  for await (const stored of from.read('ledger-main', 0)) {
    const again = ofRulesOne(stored, head)
    head = again.hash
    expect(await to.append('ledger-main', [again], stored.revision - 1)()).toMatchObject({ _tag: 'Right' })
  }
  await from.close()
  await to.close()
})

describe('a ledger that another edition of the rules decided', () => {
  it('is verified in chain and postings, and nothing else is claimed of it', async () => {
    const { code, out } = await take(['verify', `--ledger=${old}`])
    expect(code).toBe(exitCodes.mismatch)
    expect(out).toContain(
      'Of another edition from revision 0 on: chain and postings hold to revision 12; of states and decisions nothing is claimed.',
    )
    expect(out).toMatch(/held +postings/)
  })

  it.each([
    ['solvency', []],
    ['explain', ['alice']],
    ['run', [file('more.ndjson', ndjson(...smallPool))]],
  ])('is no ground for `%s`, which says so and changes nothing', async (name, operands) => {
    const before = await historyIn(old)
    const { code, out, err } = await take([name, ...operands, `--ledger=${old}`])
    expect({ code, out }).toEqual({ code: exitCodes.mismatch, out: '' })
    expect(err).toContain('why: event 0 was decided by rules 1, and this program holds rules 6')
    expect(err).toContain('id: other-edition')
    expect(await historyIn(old)).toEqual(before)
  })

  it('gives what its outsiders asked, and run anew that is a ledger of this edition', async () => {
    const { code, out } = await take(['export', `--ledger=${old}`, '--output=commands'])
    expect([code, out.trim().split('\n').length]).toEqual([exitCodes.ok, smallPool.length])
    const anew = folder('anew')
    await take(['run', file('commands.ndjson', out), `--ledger=${anew}`])
    expect((await take(['verify', `--ledger=${anew}`])).code).toBe(exitCodes.ok)
    const standing = async (ledger: string) => {
      const { assets, accounts, instruments } = JSON.parse(
        (await take(['solvency', `--ledger=${ledger}`, '--output=json'])).out,
      )
      return { assets, accounts, instruments }
    }
    expect(await standing(anew)).toEqual(await standing(today))
  })

  it('gives no command of a service: those ask anew by themselves', async () => {
    const fall = ['PublishPrice', { instrument: 'BTC-PERP', price: '860' }, { at: '2020-03-12T10:00:30Z' }] as const
    const fallen = folder('fallen')
    await take(['run', file('fall.ndjson', ndjson(...smallPool, anyPrice, fall)), `--ledger=${fallen}`])
    const exported = await take(['export', `--ledger=${fallen}`, '--output=commands'])
    expect((await take(['tail', `--ledger=${fallen}`, '--filter=type:MarginCall'])).out).not.toBe('')
    const commands = exported.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(commands.map(({ type }) => type)).toEqual([...smallPool, anyPrice, fall].map(([type]) => type))
    expect(commands.at(-1).at).toBe('2020-03-12T10:00:30.000Z')
  })
})

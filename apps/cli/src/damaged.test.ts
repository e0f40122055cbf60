import { openEmbeddedStore } from '@novation/platform'
import { exitCodes } from './exit-code'
import { ndjson, smallPool, testWorld } from './test-world'

const { take, file, folder } = testWorld()
const ledger = folder('ledger')

/** A ledger that ends with an event of a kind that only a newer program knows. */
beforeAll(async () => {
  expect((await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])).code).toBe(0)
  const store = openEmbeddedStore(ledger)
  const last = await store.last('ledger-main')
  if (last === undefined) throw new Error('the ledger is empty')
  const { revision, body } = last
  const foreign = {
    id: '00000000-0000-5000-8000-000000000000',
    type: 'Foreseen',
    revision: revision + 1,
    hash: 'f'.repeat(64),
    body: body.replace(/"revision":\d+,"type":"\w+"\}$/, `"revision":${revision + 1},"type":"Foreseen"}`),
  }
  expect(await store.append('ledger-main', [foreign], revision)()).toMatchObject({ _tag: 'Right' })
  await store.close()
})

describe('an event that this program does not know', () => {
  it.each([
    ['solvency', []],
    ['explain', ['alice']],
    ['explain', ['5']],
    ['diff', ['--from=0']],
    ['disclosure', []],
    ['replay', [`--parameters=${file('none.json', '{}')}`]],
    ['export', ['--output=csv']],
    ['tail', []],
    ['snapshot', []],
  ])('stops `%s`, which says so', async (name, more) => {
    const { code, err } = await take([name, `--ledger=${ledger}`, ...more])
    expect(err).toMatch(/why: event 13 \(Foreseen\): an event type this program does not know; a newer version may/)
    expect(err).toContain('id: ledger-damaged')
    expect(code).toBe(exitCodes.mismatch)
  })

  it('does not keep `export` from handing on the events as they are', async () => {
    const { code, out } = await take(['export', `--ledger=${ledger}`])
    expect(code).toBe(exitCodes.ok)
    expect(out.trim().split('\n')).toHaveLength(14)
  })

  it('is found by `verify`', async () => {
    const { code, out } = await take(['verify', `--ledger=${ledger}`, '--output=json'])
    expect(code).toBe(exitCodes.mismatch)
    expect(JSON.parse(out).firstBroken).toMatchObject({ revision: 13 })
  })
})

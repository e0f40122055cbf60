import { exitCodes } from '../exit-code'
import { historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()

it('an export that an editor has put a byte-order mark before is the same export', async () => {
  const commands = file('small.ndjson', `\uFEFF${ndjson(...smallPool)}`)
  expect((await take(['run', commands, `--ledger=${folder('first')}`])).code).toBe(exitCodes.ok)
  const { out } = await take(['export', `--ledger=${folder('first')}`])
  const { code, err } = await take(['import', file('marked.jsonl', `\uFEFF${out}`), `--ledger=${folder('copy')}`])
  expect({ code, err }).toEqual({ code: exitCodes.ok, err: '' })
  expect(await historyIn(folder('copy'))).toEqual(await historyIn(folder('first')))
})

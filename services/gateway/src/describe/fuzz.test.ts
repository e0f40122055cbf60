import { fuzz } from '../kit/fuzz'

jest.setTimeout(120_000)

it('answers whatever is made from its description as its description says, and never with a 500', async () => {
  const { statuses, wrong } = await fuzz(3_000, 1)
  expect(wrong).toEqual([])
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 304, 400, 403, 404, 413, 415]))
})

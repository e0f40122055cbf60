import { end, readPlace } from '../place'
import { adoptedLines, keyOf, orderedLines, runSigned } from '../test-signed'
import { storedOf } from '../test-world'
import { isKey, keyStory } from './key-story'

const ledger = storedOf(runSigned(adoptedLines))
const story = (name: string, at = end) => keyStory(ledger, keyOf(name).key, { pool: 'main', at })

describe('the story of a key', () => {
  it('is whom it spoke for and until when, and all that it has signed', async () =>
    expect(await story('V')).toEqual({
      pool: 'main',
      key: keyOf('V').key,
      bonds: [
        {
          actor: 'venue',
          revision: 3,
          from: '2020-03-12T10:00:02.000Z',
          revoked: { revision: 7, at: '2020-03-12T10:00:06.000Z', reason: 'compromised' },
        },
      ],
      signed: [
        {
          revision: 3,
          at: '2020-03-12T10:00:02.000Z',
          id: 'c-4',
          type: 'RegisterKey',
          actor: 'operator:anna',
          beside: 1,
        },
        { revision: 4, at: '2020-03-12T10:00:03.000Z', id: 'c-5', type: 'Deposit', actor: 'venue', beside: 0 },
        {
          revision: 5,
          at: '2020-03-12T10:00:04.000Z',
          id: 'c-6',
          type: 'Deposit',
          actor: 'venue',
          beside: 0,
          rejection: 'unknown-account',
        },
        { revision: 6, at: '2020-03-12T10:00:05.000Z', id: 'c-7', type: 'Deposit', actor: 'venue', beside: 0 },
      ],
    }))

  it('begins with the adoption for those of the operators', async () =>
    expect(await story('B')).toMatchObject({
      bonds: [{ actor: 'operator:ben', revision: 2 }],
      signed: [{ type: 'AdoptIdentity' }, { type: 'RevokeKey' }],
    }))

  it('goes as far as it is asked, in revisions or in time', async () => {
    expect((await story('V', readPlace('4')))?.signed).toHaveLength(2)
    expect((await story('V', readPlace('@2020-03-12T10:00:04Z')))?.signed).toHaveLength(3)
  })

  it('names the orders it has signed, in the trades that stand on them', async () => {
    const { signed } =
      (await keyStory(storedOf(runSigned(orderedLines())), keyOf('K').key, { pool: 'main', at: end })) ?? {}
    expect(signed?.map(({ type, order, beside }) => [type, order, beside])).toEqual([
      ['RegisterKey', undefined, 1],
      ['SetConsent', undefined, 0],
      ['ClearTrade', 'o-1', 1],
      ['CancelOrder', undefined, 0],
    ])
  })

  it('is empty for a key that nobody has', async () =>
    expect(await story('X')).toMatchObject({ bonds: [], signed: [] }))

  it('is nothing where somebody interrupts', async () =>
    expect(
      await keyStory(ledger, keyOf('V').key, { pool: 'main', at: end, signal: AbortSignal.abort() }),
    ).toBeUndefined())

  it('is asked by the name of the key', () => {
    expect(isKey(keyOf('V').key)).toBe(true)
    expect(isKey('alice')).toBe(false)
  })
})

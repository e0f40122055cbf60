import { emptyPool } from '@novation/clearing'
import { right } from 'fp-ts/Either'
import type { Question } from '../moments/ask-past'
import { answerPast } from '../moments/ask-past'
import { preparePast } from './ask'

const patience = new AbortController().signal

describe('the past', () => {
  const prepared = async (revision: number): Promise<readonly Question[]> => {
    const asked: Question[] = []
    const book = { ...emptyPool('main'), revision, head: 'f'.repeat(64) }
    const heads = new Map([['main', { book }]])
    const askPast = async (question: Question) => {
      asked.push(question)
      return right({ json: {} })
    }
    await preparePast({ heads, askPast }, 'main', patience)
    return asked
  }

  it('of a long history is prepared before anybody asks about it, of a short one there is nothing to be', async () => {
    expect(await prepared(25_000)).toEqual([
      {
        pool: 'main',
        revision: 25_000,
        hash: 'f'.repeat(64),
        size: { revision: 25_000, accounts: 0 },
        prepares: true,
      },
    ])
    expect(await prepared(1_000)).toEqual([])
    expect(await prepared(-1)).toEqual([])
  })

  it('is walked once it is to be prepared, and who has that done does not wait for it', async () => {
    let walked = 0
    const never = async function* () {
      walked += 1
      await new Promise(() => undefined)
    }
    const aside = { labels: () => [], put: async () => undefined, open: () => undefined, clear: async () => undefined }
    const ask = answerPast({ whose: () => never, shelf: aside, aside, reacting: () => [], now: () => 0 })
    const [question] = await prepared(25_000)
    if (question === undefined) throw new Error('nothing was asked')
    expect(await ask(question, patience)).toEqual(right({ json: {} }))
    expect(walked).toBe(1)
  })
})

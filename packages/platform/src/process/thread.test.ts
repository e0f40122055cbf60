import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openThread } from './thread'

const register = join(__dirname, '../../../testing/register.js')
const itself = join(__dirname, 'thread.ts')
const file = join(tmpdir(), `novation-thread-${process.pid}.js`)
const never = new AbortController().signal

/** Adds to what it was given; of other words, it counts aloud first, throws, ends, or waits until nobody does. */
const work = `
require(${JSON.stringify(register)})
const { answerThread } = require(${JSON.stringify(itself)})
answerThread((base) => async (word, signal, say) => {
  if (word === 'count') for (const number of [1, 2, 3]) say(number)
  if (word === 'throw') throw new Error('as the test wants it')
  if (word === 'say') throw 'no error'
  if (word === 'end') process.exit(3)
  if (word === 'wait')
    return signal.aborted ? 'nobody waits' : new Promise((resolve) => signal.addEventListener('abort', () => resolve('nobody waits')))
  return base + word
})
`

describe('work in a thread of its own', () => {
  beforeAll(() => writeFileSync(file, work))
  afterAll(() => rmSync(file))
  const opened = () => openThread<number | string, number | string>(file, 40)

  it('answers each question, with what the thread was given', async () => {
    const thread = opened()
    expect(await Promise.all([thread.ask(1, never), thread.ask(2, never)])).toEqual([41, 42])
    await thread.close()
  })

  it('is heard on its way to the answer, by who asked and wants to', async () => {
    const thread = opened()
    const heard: unknown[] = []
    const asked = [thread.ask('count', never, (said) => void heard.push(said)), thread.ask('count', never)]
    expect(await Promise.all(asked)).toEqual(['40count', '40count'])
    expect(heard).toEqual([1, 2, 3])
    await thread.close()
  })

  it('rejects with what was thrown, and goes on', async () => {
    const thread = opened()
    await expect(thread.ask('throw', never)).rejects.toThrow('as the test wants it')
    await expect(thread.ask('say', never)).rejects.toThrow('no error')
    expect(await thread.ask(2, never)).toBe(42)
    await thread.close()
  })

  it('is told that nobody waits any more', async () => {
    const thread = opened()
    const stop = new AbortController()
    const answer = thread.ask('wait', stop.signal)
    stop.abort()
    expect(await answer).toBe('nobody waits')
    await thread.close()
  })

  it('is told at once where nobody waits from the beginning', async () => {
    const thread = opened()
    expect(await thread.ask('wait', AbortSignal.abort())).toBe('nobody waits')
    await thread.close()
  })

  it('takes what it had to answer with it when it dies, and another begins with the next question', async () => {
    const thread = opened()
    const [ends, after] = [thread.ask('end', never), thread.ask(1, never)]
    await expect(ends).rejects.toThrow('the thread ended with code 3')
    await expect(after).rejects.toThrow('the thread ended with code 3')
    expect(await thread.ask(2, never)).toBe(42)
    await thread.close()
  })

  it('rejects what is under way when it is closed', async () => {
    const thread = opened()
    const answer = thread.ask('wait', never)
    const closed = thread.close()
    await expect(answer).rejects.toThrow('the thread was closed')
    await closed
  })

  it('is answered by a thread alone', () => {
    const { answerThread } = jest.requireActual<typeof import('./thread')>('./thread')
    expect(() => answerThread(() => async () => undefined)).toThrow('this file is run by a thread of its own')
  })
})

import { keepAnswers } from './answers'

describe('answers', () => {
  const answersOf = (answer: (at: number) => unknown, isPassing = false) => {
    const asked: number[] = []
    const rests: (() => void)[] = []
    const answers = keepAnswers(
      (async (_: string, { at }: { at: number }) => {
        asked.push(at)
        return answer(asked.length)
      }) as never,
      {
        isPassing: () => isPassing,
        rest: () => new Promise((resolve) => rests.push(resolve)),
        pace: async () => undefined,
        now: () => 0,
      },
    )
    return {
      asked,
      rests,
      answers,
      at: (at: number) => answers.to('summary', { at }),
      on: (at: number) => answers.to('summary', { at }, 'summary {}'),
    }
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve))
  const failing = (): never => {
    throw new Error('away')
  }

  it('are asked for once', async () => {
    const { asked, at } = answersOf((times) => times)
    const first = at(1)
    expect(first.value).toEqual({ isWaiting: true })
    await turn()
    expect(first.value).toEqual({ data: 1, isWaiting: false })
    expect(at(1)).toBe(first)
    at(2)
    expect(asked).toEqual([1, 2])
  })

  it('that were refused stay so, however often the page is drawn: what is not there is not asked for without end', async () => {
    const { asked, at } = answersOf(failing)
    at(1)
    await turn()
    expect(at(1).value).toEqual({ isWaiting: false, why: 'away' })
    expect(asked).toEqual([1])
  })

  it('that nobody gave are asked for again after a rest, and come by themselves', async () => {
    const { asked, rests, at } = answersOf((times) => (times < 3 ? failing() : times), true)
    const known = at(1)
    await turn()
    expect(known.value).toEqual({ isWaiting: true, why: 'away' })
    for (const rest of [0, 1]) {
      rests[rest]?.()
      await turn()
    }
    expect(known.value).toEqual({ data: 3, isWaiting: false })
    expect(asked).toEqual([1, 1, 1])
  })

  it('from one moment to the next are asked for one at a time, the last that is wanted next; what was passed by leaves nothing behind', async () => {
    const open: ((answer: number) => void)[] = []
    const { asked, on } = answersOf(() => new Promise<number>((resolve) => open.push(resolve)))
    const [first, second] = [on(1), on(2)]
    on(3)
    const fourth = on(4)
    await turn()
    expect(asked).toEqual([1])
    open[0]?.(10)
    await turn()
    expect(asked).toEqual([1, 4])
    expect(first.value).toEqual({ data: 10, isWaiting: false })
    expect([second.value, fourth.value]).toEqual([{ isWaiting: true }, { isWaiting: true }])
    // Whoever goes back to it asks for it, and is shown meanwhile what is known.
    expect(on(2)).not.toBe(second)
    expect(on(2).value).toEqual({ isWaiting: true, before: 10 })
    open[1]?.(40)
    await turn()
    expect(asked).toEqual([1, 4, 2])
  })

  it('that nobody gave are given up where another moment is wanted', async () => {
    const { asked, rests, on } = answersOf((times) => (times === 1 ? failing() : times), true)
    on(1)
    await turn()
    on(2)
    rests[0]?.()
    await turn()
    await turn()
    expect(asked.at(-1)).toBe(2)
    expect(on(2).value).toMatchObject({ data: asked.length, isWaiting: false })
  })

  it('that came by themselves are not asked for', async () => {
    const { asked, answers, at } = answersOf((times) => times)
    answers.told('summary', { at: 5 }, 55 as never)
    expect(at(5).value).toEqual({ data: 55, isWaiting: false })
    expect(asked).toEqual([])
  })

  it('are waited for, but for those that look at everybody', async () => {
    const open: ((answer: number) => void)[] = []
    const { answers, on } = answersOf(() => new Promise<number>((resolve) => open.push(resolve)))
    let isRested = false
    on(1)
    await answers.rested(new Set(['summary']))
    void answers.rested(new Set()).then(() => {
      isRested = true
    })
    await turn()
    expect(isRested).toBe(false)
    open[0]?.(1)
    await turn()
    await turn()
    expect(isRested).toBe(true)
  })
})

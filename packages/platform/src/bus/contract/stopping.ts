import { eventually, group, message, numbered, type OpenBus, onTopic, pause, published, range, read } from './fixture'

export const stopping = (open: OpenBus): void =>
  describe('stopping', () => {
    it(
      'takes no longer than a moment when nothing is in hand',
      onTopic(open, 2, async ({ bus, topic }) => {
        const reader = read(bus, group(topic, 'a'))
        await published(bus, topic, [message('k', 'v')])
        await reader.has(1)
        const before = Date.now()
        await reader.stop()
        expect(Date.now() - before).toBeLessThan(3_000)
      }),
    )

    it(
      'lets the batch in hand be finished and committed, and begins no other',
      onTopic(open, 1, async ({ bus, topic, another }) => {
        await published(bus, topic, numbered(0, 10))
        let begun = 0
        let finish = (): void => undefined
        const gate = new Promise<void>((resolve) => {
          finish = resolve
        })
        const reader = read(bus, group(topic, 'a'), async () => {
          begun++
          await gate
          return 4
        })
        await eventually(() => begun === 1, 'the batch in hand')
        const stopped = reader.stop()
        await pause(100)
        finish()
        await stopped
        expect(begun).toBe(1)
        const next = read(await another(), group(topic, 'a'))
        await next.has(6)
        await next.stop()
        expect(next.values()).toEqual(range(4, 10))
      }),
    )

    it(
      'comes before the start for a signal that is aborted already',
      onTopic(open, 1, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 10))
        const handler = jest.fn()
        await bus.subscribe(group(topic, 'a'), handler, AbortSignal.abort())
        expect(handler).not.toHaveBeenCalled()
      }),
    )

    it(
      'is what closing does to every subscription, and nothing is published after it',
      onTopic(open, 1, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 10))
        const readers = ['a', 'b'].map((name) => read(bus, group(topic, name)))
        for (const reader of readers) await reader.has(10)
        await bus.close()
        for (const reader of readers) await reader.ended
        const outcome = await bus.publish(topic, [message('k', 'v')])()
        expect(outcome).toMatchObject({ _tag: 'Left', left: { tag: 'unavailable' } })
      }),
    )

    it(
      'never finds two batches in hand at once',
      onTopic(open, 6, async ({ bus, topic }) => {
        let inHand = 0
        let most = 0
        const reader = read(bus, group(topic, 'a'), async (batch) => {
          most = Math.max(most, ++inHand)
          await pause(5)
          inHand--
          return batch.length
        })
        for (let n = 0; n < 200; n += 20) await published(bus, topic, numbered(n, n + 20, 20))
        await reader.has(200)
        await reader.stop()
        expect(most).toBe(1)
      }),
    )
  })

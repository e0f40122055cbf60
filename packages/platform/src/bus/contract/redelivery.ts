import { eventually, group, message, numbered, type OpenBus, onTopic, pause, published, range, read } from './fixture'

export const redelivery = (open: OpenBus): void =>
  describe('what a handler did not report done', () => {
    it(
      'comes again, from the first undone record on',
      onTopic(open, 1, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 10))
        const reader = read(bus, group(topic, 'a'), async (batch) => Math.min(3, batch.length))
        await eventually(() => reader.values().at(-1) === '9' && reader.batches.at(-1)?.length === 1, 'the last alone')
        await reader.stop()
        expect(reader.batches.map((batch) => batch[0].offset)).toEqual(['0', '3', '6', '9'])
        for (const batch of reader.batches) expect(batch.at(-1)?.offset).toBe('9')
      }),
    )

    it(
      'is not committed: a restart begins with it',
      onTopic(open, 1, async ({ bus, topic, another }) => {
        await published(bus, topic, numbered(0, 10))
        const before = read(bus, group(topic, 'a'), async ([first]) => (first.offset === '0' ? 4 : 0))
        await eventually(() => before.batches.at(-1)?.[0].offset === '4', 'the rest of the batch')
        await before.stop()
        const after = read(await another(), group(topic, 'a'))
        await after.has(6)
        await after.stop()
        expect(after.values()).toEqual(range(4, 10))
      }),
    )

    it(
      'holds up its own partition and no other',
      onTopic(open, 6, async ({ bus, topic }) => {
        let well = false
        const reader = read(bus, group(topic, 'a'), async (batch) =>
          batch.some(({ key }) => key === 'ill') && !well ? 0 : batch.length,
        )
        await published(bus, topic, [message('ill', 'ill')])
        await eventually(() => reader.values().includes('ill'), 'the first try')
        await published(bus, topic, numbered(0, 120, 12))
        const ill = reader.deliveries.find(({ key }) => key === 'ill')?.partition
        const others = () =>
          new Set(reader.deliveries.filter(({ partition }) => partition !== ill).map((d) => d.offset))
        await eventually(() => others().size >= 10, 'the other partitions')
        well = true
        await eventually(() => range(0, 120).every((n) => reader.values().includes(n)), 'all of them')
        await reader.stop()
      }),
    )

    it(
      'is not asked for again without a pause',
      onTopic(open, 1, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 10))
        const reader = read(bus, group(topic, 'a'), async () => 0)
        await eventually(() => reader.batches.length > 0, 'the first try')
        await pause(200)
        expect(reader.batches.length).toBeLessThan(20)
        await reader.stop()
      }),
    )

    it(
      'comes again to the next member when the handler threw, and the subscription rejects',
      onTopic(open, 1, async ({ bus, topic, another }) => {
        await published(bus, topic, numbered(0, 10))
        const ill = read(bus, group(topic, 'a'), async () => {
          throw new TypeError('a bug in the handler')
        })
        await expect(ill.ended).rejects.toThrow('a bug in the handler')
        const well = read(await another(), group(topic, 'a'))
        await well.has(10)
        await well.stop()
        expect(well.values()).toEqual(range(0, 10))
      }),
    )

    it.each([[-1], [11], [1.5], [Number.NaN]])(
      'cannot be %d of ten records: the subscription rejects',
      async (answer) => {
        const scenario = onTopic(open, 1, async ({ bus, topic }) => {
          await published(bus, topic, numbered(0, 10))
          const reader = read(bus, group(topic, 'a'), async () => answer)
          await expect(reader.ended).rejects.toThrow(`answered ${answer} of 10 records`)
        })
        await scenario()
      },
    )
  })

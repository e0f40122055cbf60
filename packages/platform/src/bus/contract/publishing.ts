import { isRight } from 'fp-ts/Either'
import { partitionOf } from '../partition'
import { defaultMaxRecord_bytes } from '../topics'
import { eventually, group, message, numbered, type OpenBus, onTopic, published, range, read } from './fixture'

export const publishing = (open: OpenBus): void =>
  describe('publishing', () => {
    it(
      'carries keys, bytes and headers unchanged',
      onTopic(open, 1, async ({ bus, topic }) => {
        const bytes = Buffer.from([0, 255, 254, 128, 10, 13])
        const before = Date.now()
        await published(bus, topic, [
          message('pool', '{"é":"€😀"}', { ce_id: 'ü', empty: '', 'content-type': 'application/json' }),
          message('', ''),
          message('🔑', bytes, { long: 'x'.repeat(5_000) }),
        ])
        const reader = read(bus, group(topic, 'a'))
        await reader.has(3)
        await reader.stop()
        expect(
          reader.deliveries.map(({ key, value, headers, offset }) => ({ key, value: [...value], headers, offset })),
        ).toEqual([
          {
            key: 'pool',
            value: [...Buffer.from('{"é":"€😀"}')],
            headers: { ce_id: 'ü', empty: '', 'content-type': 'application/json' },
            offset: '0',
          },
          { key: '', value: [], headers: {}, offset: '1' },
          { key: '🔑', value: [...bytes], headers: { long: 'x'.repeat(5_000) }, offset: '2' },
        ])
        for (const each of reader.deliveries) {
          expect(each).toMatchObject({ topic, partition: 0 })
          expect(each.timestamp_ms).toBeGreaterThanOrEqual(before - 1_000)
          expect(each.timestamp_ms).toBeLessThanOrEqual(Date.now() + 1_000)
        }
      }),
    )

    it(
      'keeps the records of a key in order, in the one partition of that key',
      onTopic(open, 6, async ({ bus, topic }) => {
        for (let n = 0; n < 700; n += 70) await published(bus, topic, numbered(n, n + 70, 7))
        const reader = read(bus, group(topic, 'a'))
        await reader.has(700)
        await reader.stop()
        expect(new Set(reader.deliveries.map(({ partition }) => partition)).size).toBeGreaterThan(1)
        for (const key of new Set(reader.deliveries.map((each) => each.key))) {
          const own = reader.deliveries.filter((each) => each.key === key)
          expect(new Set(own.map(({ partition }) => partition))).toEqual(new Set([partitionOf(key, 6)]))
          const numbers = own.map(({ value }) => Number(value.toString()))
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
          expect(numbers).toHaveLength(100)
        }
      }),
    )

    it(
      'counts the offsets of each partition from 0 without a gap, and gives a batch of one partition at a time',
      onTopic(open, 3, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 300, 20))
        const reader = read(bus, group(topic, 'a'))
        await reader.has(300)
        await reader.stop()
        for (const partition of [0, 1, 2]) {
          const offsets = reader.deliveries.filter((each) => each.partition === partition).map(({ offset }) => offset)
          expect(offsets).toEqual(range(0, offsets.length))
        }
        for (const batch of reader.batches) expect(new Set(batch.map(({ partition }) => partition)).size).toBe(1)
      }),
    )

    it(
      'takes a batch larger than one request may be',
      onTopic(open, 1, async ({ bus, topic }) => {
        const [first, ...rest] = numbered(0, 3_000)
        const large = (each: typeof first) => ({ ...each, headers: { pad: 'x'.repeat(1_000) } })
        await published(bus, topic, [large(first), ...rest.map(large)])
        const reader = read(bus, group(topic, 'a'))
        await reader.has(3_000)
        await reader.stop()
        expect(reader.values()).toEqual(range(0, 3_000))
      }),
    )

    it(
      'keeps apart what many publish at once',
      onTopic(open, 1, async ({ bus, topic }) => {
        await Promise.all(range(0, 50).map((n) => published(bus, topic, [message(n, n), message(n, `${n} too`)])))
        const reader = read(bus, group(topic, 'a'))
        await reader.has(100)
        await reader.stop()
        expect(reader.values().filter((value) => !value.endsWith('too'))).toHaveLength(50)
        for (const n of range(0, 50))
          expect(reader.values().filter((value) => value === n || value === `${n} too`)).toEqual([n, `${n} too`])
      }),
    )

    it(
      'refuses a record that is too large, and its neighbours with it',
      onTopic(open, 1, async ({ bus, topic }) => {
        const outcome = await bus.publish(topic, [
          message('k', 'small'),
          message('k', 'x'.repeat(defaultMaxRecord_bytes)),
        ])()
        expect(outcome).toMatchObject({ _tag: 'Left', left: { tag: 'refused' } })
        await published(bus, topic, [message('k', 'x'.repeat(defaultMaxRecord_bytes - 100)), message('k', 'last')])
        const reader = read(bus, group(topic, 'a'))
        await reader.has(2)
        await reader.stop()
        expect(reader.values().map((value) => value.slice(0, 4))).toEqual(['xxxx', 'last'])
      }),
    )

    it(
      'publishes nothing to a topic that is not there',
      onTopic(open, 1, async ({ bus, topic }) => {
        const outcome = await bus.publish(`${topic}-not`, [message('k', 'v')])()
        expect(outcome).toMatchObject({ _tag: 'Left', left: { tag: 'unavailable' } })
      }),
    )

    it(
      'goes on after a failed publish',
      onTopic(open, 1, async ({ bus, topic }) => {
        const reader = read(bus, group(topic, 'a'))
        expect(isRight(await bus.publish(`${topic}-not`, [message('k', 'v')])())).toBe(false)
        await published(bus, topic, [message('k', 'v')])
        await eventually(() => reader.deliveries.length === 1, 'the record')
        await reader.stop()
      }),
    )
  })

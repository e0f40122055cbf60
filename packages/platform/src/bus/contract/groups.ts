import type { Delivery } from '../bus'
import { partitionOf } from '../partition'
import { eventually, group, message, numbered, type OpenBus, onTopic, pause, published, range, read } from './fixture'

export const groups = (open: OpenBus): void =>
  describe('groups', () => {
    it(
      'give every group every record',
      onTopic(open, 3, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 60, 9))
        const readers = ['a', 'b'].map((name) => read(bus, group(topic, name)))
        await published(bus, topic, numbered(60, 120, 9))
        for (const reader of readers) {
          await reader.has(120)
          await reader.stop()
          expect([...reader.values()].sort()).toEqual([...range(0, 120)].sort())
        }
      }),
    )

    it(
      'share the partitions between their members, each record for one of them',
      onTopic(open, 4, async ({ bus, topic, another }) => {
        const one = read(bus, group(topic, 'a'))
        const two = read(await another(), group(topic, 'a'))
        let n = 0
        while (one.deliveries.length === 0 || two.deliveries.length === 0) {
          await published(bus, topic, numbered(n, n + 40, 40))
          n += 40
          await pause(50)
          if (n > 20_000) throw new Error('one member never got a partition')
        }
        const settled = () => new Set([...one.values(), ...two.values()]).size === n
        await eventually(settled, 'all that was published so far')

        const before = n
        for (; n < before + 200; n += 20) {
          await published(bus, topic, numbered(n, n + 20, 20))
          await eventually(() => new Set([...one.values(), ...two.values()]).size === n + 20, 'this round')
        }
        await Promise.all([one.stop(), two.stop()])
        const late = (each: Delivery) => Number(each.value.toString()) >= before
        const [ones, twos] = [one, two].map(({ deliveries }) => deliveries.filter(late))
        const last = [...(ones ?? []), ...(twos ?? [])].map(({ value }) => value.toString())
        expect(last.sort()).toEqual([...range(before, n)].sort())
        const theirs = new Set(twos?.map(({ partition }) => partition))
        expect(ones?.filter(({ partition }) => theirs.has(partition))).toEqual([])
      }),
    )

    it(
      'leave a batch in hand to the member that has it, whoever joins meanwhile',
      onTopic(open, 2, async ({ bus, topic, another }) => {
        const key = range(0, 100).find((each) => partitionOf(each, 2) === 1) ?? ''
        await published(bus, topic, [message(key, '0'), message(key, '1')])
        let begun = false
        let finish = (): void => undefined
        const gate = new Promise<void>((resolve) => {
          finish = resolve
        })
        const one = read(bus, group(topic, 'a'), async (batch) => {
          begun = true
          await gate
          return batch.length
        })
        await eventually(() => begun, 'the batch in hand')
        const two = read(await another(), group(topic, 'a'))
        await pause(500)
        expect(two.values()).toEqual([])
        finish()
        await one.has(2)
        await published(bus, topic, [message(key, '2')])
        await eventually(() => [...one.values(), ...two.values()].includes('2'), 'the next record')
        await Promise.all([one.stop(), two.stop()])
        expect(one.values().slice(0, 2)).toEqual(['0', '1'])
        expect(two.values().filter((value) => value !== '2')).toEqual([])
      }),
    )

    it(
      'hand the partitions of a member that leaves to those that stay',
      onTopic(open, 2, async ({ bus, topic, another }) => {
        const one = read(bus, group(topic, 'a'))
        const two = read(await another(), group(topic, 'a'))
        await published(bus, topic, numbered(0, 10, 10))
        await eventually(() => new Set([...one.values(), ...two.values()]).size === 10, 'the first ten')
        await two.stop()
        await published(bus, topic, numbered(10, 30, 20))
        await eventually(() => new Set([...one.values(), ...two.values()]).size === 30, 'all thirty')
        await one.stop()
        expect(one.values().filter((value) => Number(value) >= 10)).toHaveLength(20)
      }),
    )

    it(
      'begin where they are told while they have no commit',
      onTopic(open, 1, async ({ bus, topic }) => {
        await published(bus, topic, numbered(0, 10))
        const late = read(bus, group(topic, 'late', 'end'))
        let n = 10
        while (late.deliveries.length === 0) {
          await published(bus, topic, [message('k', String(n++))])
          await pause(20)
          if (n > 2_000) throw new Error('nothing came')
        }
        const early = read(bus, group(topic, 'early', 'beginning'))
        await early.has(n)
        await Promise.all([late.stop(), early.stop()])
        expect(early.values()).toEqual(range(0, n))
        expect(Number(late.values()[0])).toBeGreaterThanOrEqual(10)
      }),
    )

    it(
      'go on after a restart where they had committed, whatever they are told',
      onTopic(open, 2, async ({ bus, topic, another }) => {
        await published(bus, topic, numbered(0, 20, 5))
        const before = read(bus, group(topic, 'a'))
        await before.has(20)
        await before.stop()
        await published(bus, topic, numbered(20, 40, 5))
        const after = read(await another(), group(topic, 'a', 'end'))
        await after.has(20)
        await after.stop()
        expect([...after.values()].sort()).toEqual(range(20, 40))
      }),
    )
  })

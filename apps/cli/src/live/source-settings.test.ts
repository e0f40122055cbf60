import { Readable } from 'node:stream'
import { systemScheduler } from '@novation/platform'
import { testWorld } from '../test-world'
import type { World } from '../world'
import { sourceGiven, sourceKey, sourceNamed } from './source-settings'

const { file } = testWorld()
const none = { venue: undefined, source: undefined, symbols: undefined, feed: undefined, hello: undefined }
const silent = () => undefined
const watch = { log: { debug: silent, info: silent, warn: silent, error: silent, fatal: silent } }
const worldSaying = (text: string): World =>
  ({ stdin: () => Readable.from([Buffer.from(text)]), clock: systemScheduler }) as unknown as World
const given = (more: Partial<Parameters<typeof sourceGiven>[0]>, text = '') =>
  sourceGiven({ ...none, ...more }, worldSaying(text), watch)

describe('what a source is told', () => {
  it('is the venue that it reads, by whose name it goes where it has none of its own', () => {
    expect(given({ venue: 'kraken' }).name).toBe('kraken')
    expect(given({ venue: 'kraken', source: 'kraken-2' }).name).toBe('kraken-2')
    expect(sourceNamed(none)).toBeUndefined()
    expect(() => given({})).toThrow(/reads what some venue says/)
  })

  it('is a message a line on standard input, where no feed is named', async () => {
    const lines: string[] = []
    const messages = given({ venue: 'kraken' }, '{"a":1}\n\n{"b":2}').messages(new AbortController().signal)
    for await (const line of messages) lines.push(line)
    expect(lines).toEqual(['{"a":1}', '{"b":2}'])
  })

  it('is what symbols stand for, in a file', () => {
    const market = { base: 'BTC', currency: 'USDT' }
    const symbols = (text: string) => given({ venue: 'binance', symbols: file('symbols.json', text) }).symbols
    expect(symbols(JSON.stringify({ BTCUSDT: market }))).toEqual({ BTCUSDT: market })
    for (const text of ['{', '[]x', '{"BTCUSDT":"BTC"}', '{"BTCUSDT":{"base":"B T"}}', '1'])
      expect(() => symbols(text)).toThrow(/does not say what symbols stand for/)
  })

  it('is a key of its own, or nothing begins', () =>
    expect(() => sourceKey('kraken', () => undefined)).toThrow(/no key of source:kraken/))
})

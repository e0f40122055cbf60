import { developmentKey, openVerifier, parseQuote, type Quote, quoteText, topics } from '@novation/events'
import {
  type Bus,
  type Disk,
  type DiskFault,
  type DiskStep,
  meshTopics,
  openMemoryBus,
  openMemoryDisk,
  systemScheduler,
} from '@novation/platform'
import { failingBus } from '@novation/platform/kit'
import { adapters } from './adapters'
import { runSource } from './run-source'

const now = Date.parse('2026-04-07T14:30:05.000Z')
const scheduler = { ...systemScheduler, now: () => now }
const key = developmentKey('test', 'source:kraken')
const path = '/data/times.json'

const ticker = (ms: number, last: string): string =>
  `{"channel":"ticker","data":[{"symbol":"BTC/USD","last":${last},"timestamp":"2026-04-07T14:30:${(ms / 1000).toFixed(3).padStart(6, '0')}Z"}]}`

async function* sent(...messages: readonly string[]): AsyncIterable<string> {
  yield* messages
}

const busOf = (): Bus => openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler })

interface Life {
  readonly disk: Disk
  readonly bus: Bus
  readonly passedOver?: string[]
  readonly signed?: string[]
  readonly stop?: AbortController
}

const hear = (
  { disk, bus, passedOver = [], signed = [], stop = new AbortController() }: Life,
  messages: AsyncIterable<string>,
): Promise<void> => {
  const report = {
    passedOver: (why: string) => void passedOver.push(why),
    signed: ({ price }: Quote) => void signed.push(price),
  }
  const adapter = adapters.kraken ?? (() => [])
  const own = { source: 'kraken', adapter, symbols: {}, key, path, report }
  // Whoever has to wait is told to stop.
  const stopping = { ...scheduler, sleep: async () => stop.abort() }
  return runSource({ ...own, messages, bus, scheduler: stopping, disk }, stop.signal)
}

const live = (life: Life, ...messages: readonly string[]): Promise<void> => hear(life, sent(...messages))

let readers = 0
const quotesOn = async (bus: Bus): Promise<readonly Quote[]> => {
  const quotes: Quote[] = []
  const stop = new AbortController()
  readers += 1
  const reading = bus.subscribe(
    { topic: topics.quotes, group: `reader-${readers}`, from: 'beginning' },
    async (batch) => {
      for (const { value } of batch) {
        const quote = parseQuote(value.toString())
        if (quote._tag === 'Right') quotes.push(quote.right)
      }
      return batch.length
    },
    stop.signal,
  )
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve))
  stop.abort()
  await reading
  return quotes
}

const saidOn = async (bus: Bus) => (await quotesOn(bus)).map(({ at, price }) => `${at.slice(17, -1)} ${price}`)

describe('a source', () => {
  it('signs each price that its venue says, in its own name', async () => {
    const bus = busOf()
    await live({ disk: openMemoryDisk().mount(), bus }, ticker(1_000, '20412.10'), ticker(1_250, '20412.2'))
    const quotes = await quotesOn(bus)
    expect(quotes.map(({ source, price, at }) => [source, price, at])).toEqual([
      ['kraken', '20412.1', '2026-04-07T14:30:01.000Z'],
      ['kraken', '20412.2', '2026-04-07T14:30:01.250Z'],
    ])
    const verify = openVerifier()
    expect(quotes.every((quote) => verify(key.key, quoteText(quote), quote.signature))).toBe(true)
  })

  it('passes over what is no price, what is no later, and what a clock far ahead says', async () => {
    const [bus, passedOver] = [busOf(), [] as string[]]
    const messages = [
      '{',
      ticker(1_000, '5'),
      ticker(1_000, '6'),
      ticker(900, '7'),
      ticker(20_000, '8'),
      ticker(1_001, '9'),
    ]
    await live({ disk: openMemoryDisk().mount(), bus, passedOver }, ...messages)
    expect(await saidOn(bus)).toEqual(['01.000 5', '01.001 9'])
    expect(passedOver).toEqual(['malformed', 'not-later', 'not-later', 'ahead'])
  })

  it('never signs a second quote of a time, wherever it was killed and with the power cut', async () => {
    const bus = busOf()
    let machine = openMemoryDisk()
    const before = [1_000, 1_400, 2_500, 4_900].map((ms, i) => ticker(ms, String(100 + i)))
    for (const [life] of before.entries()) {
      // Each life hears all of it again, with other prices, and one message more.
      const heard = before.slice(0, life + 1).map((message) => message.replace(/"last":1/, `"last":${life + 2}`))
      await live({ disk: machine.mount(), bus }, ...heard)
      machine = machine.afterPowerCut((count) => count - 1)
    }
    const times = (await quotesOn(bus)).map(({ at }) => at)
    expect(new Set(times).size).toBe(times.length)
    expect([...times].sort()).toEqual(times)
    expect(times.length).toBeGreaterThan(1)
  })

  it('signs nothing that a disk did not keep the time of', async () => {
    const bus = busOf()
    const fault = ({ verb }: DiskStep): DiskFault | undefined => (verb === 'sync' ? 'EIO' : undefined)
    const disk = openMemoryDisk().mount({ fault })
    await expect(live({ disk, bus }, ticker(1_000, '5'))).rejects.toMatchObject({ reason: 'disk-failed' })
    expect(await quotesOn(bus)).toEqual([])
  })

  it('does not begin where nobody can say up to when it has signed', async () => {
    const disk = openMemoryDisk().mount()
    await disk.makeFolder('/data')
    const file = await disk.create(path)
    await file.write(Buffer.from('{"BTC":'))
    await file.sync()
    await expect(live({ disk, bus: busOf() }, ticker(1_000, '5'))).rejects.toThrow(/up to when this source has signed/)
  })

  it('ends where the bus refuses a quote, and has not said that it signed it', async () => {
    const [bus, signed] = [busOf(), [] as string[]]
    const refusing = failingBus(bus, () => 'refused')
    const ends = live({ disk: openMemoryDisk().mount(), bus: refusing, signed }, ticker(1_000, '5'), ticker(2_000, '6'))
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'refused' })
    expect([signed, await quotesOn(bus)]).toEqual([[], []])
  })

  it('told to stop says nothing more, nor that it signed what the bus has not, nor another truth of that time later', async () => {
    const [bus, disk, signed] = [busOf(), openMemoryDisk().mount(), [] as string[]]
    const away = failingBus(bus, () => 'unavailable')
    await live({ disk, bus: away, signed }, ticker(1_000, '5'), ticker(3_000, '6'))
    expect([signed, await quotesOn(bus)]).toEqual([[], []])
    await live({ disk, bus, signed }, ticker(1_000, '7'), ticker(2_001, '8'))
    expect(await saidOn(bus)).toEqual(['02.001 8'])
    expect(signed).toEqual(['8'])
  })

  it('told to stop while its venue says nothing hears no more of it', async () => {
    const [bus, stop] = [busOf(), new AbortController()]
    async function* until(): AsyncIterable<string> {
      yield ticker(1_000, '5')
      stop.abort()
      yield ticker(2_000, '6')
    }
    await hear({ disk: openMemoryDisk().mount(), bus, stop }, until())
    expect(await saidOn(bus)).toEqual(['01.000 5'])
  })
})

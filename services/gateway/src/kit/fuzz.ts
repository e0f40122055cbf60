import { Agent, request } from 'node:http'
import type { Schema } from '@novation/events'
import { tick } from '@novation/platform/kit'
import fc from 'fast-check'
import { openApi } from '../describe/open-api'
import { table } from '../http/routes'
import { type Answered, answersHold } from './answers-hold'
import type { Words } from './from-schema'
import { market, openHouse } from './house'
import { hurried } from './hurried'
import { type Asking, requestsTo } from './requests'

const words: Words = {
  known: {
    pool: ['main'],
    account: ['alice', 'bob', 'carol'],
    liquidation: ['alice:1'],
    instrument: ['BTC-PERP'],
    name: ['BTC-PERP', 'USD'],
    event: ['0', '3', '7'],
    actor: ['venue', 'operator', 'oracle', 'keeper:carol'],
    id: ['c-1', 'c-2', 'f-1', 'f-2', 'f-3'],
    command: ['c-1'],
    at: ['start', 'end', '0', '5', '9', '@2030-01-01T00:00:00Z'],
    from: ['start', 'end', '2', '@2020-03-12T10:00:00Z'],
    atLeast: ['0', '3', '9', '9', '9', '9', '9', '999999'],
    limit: ['1', '2', '100'],
    Prefer: ['wait=1', 'wait=0', 'respond-async', 'wait=99999'],
    'Idempotency-Key': ['f-1', 'f-4'],
    'If-None-Match': ['*', '"0"'],
    'Last-Event-ID': ['0', '3', '5.000000000000'],
  },
  inBodies: {
    pool: ['main'],
    id: Array.from({ length: 40 }, (_, i) => `f-${i}`),
    actor: ['operator', 'operator', 'venue', 'oracle', 'keeper:carol'],
    at: ['2020-03-12T10:00:20Z', '2020-03-12T11:00:00Z'],
    until: ['2999-01-01T00:00:00Z'],
    observedAt: ['2020-03-12T10:00:20Z', '2020-03-12T11:00:00Z'],
    account: ['alice', 'bob', 'carol', 'dora'],
    buyer: ['alice', 'carol'],
    seller: ['bob'],
    bidder: ['carol', 'bob'],
    liquidation: ['alice:1'],
    instrument: ['BTC-PERP'],
    asset: ['USD'],
    settlementAsset: ['USD'],
    amount: ['1', '5', '1000000'],
    price: ['4100', '4400'],
    quantity: ['1', '0.5'],
    rate: ['0.0001'],
    fraction: ['0.1', '1'],
    // Whoever adopts identity has all others sign.
    keys: [[]],
  },
  rare: ['signatures', 'pool'],
  nasty: [
    '',
    '..',
    '.',
    '%2f',
    '%00',
    'a/b',
    '\0',
    '-1',
    `1${'0'.repeat(400)}`,
    '1e400',
    '__proto__',
    'constructor',
    '@2020-02-30T00:00:00Z',
    '@',
    'ü',
    '\ud83d\ude00',
    '<script>',
    "' OR 1=1",
    'x'.repeat(300),
    'x'.repeat(5000),
    'null',
  ],
}

/** Who waits for five seconds waits for less here: whoever says nothing for so long has forgotten to. */
const patience_ms = 10_000

/** Sends it, and hears the answer to its end; of one that goes on, what it says until it has caught up, said how something stands, or waits. */
const send = (agent: Agent, base: URL, asking: Asking): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method, url, headers, body } = asking
    const asked = request({ agent, host: base.hostname, port: base.port, method, path: url, headers })
    asked.on('response', (answer) => {
      let text = ''
      const done = (): void => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
      answer.setEncoding('utf8')
      answer.on('data', (more: string) => {
        text += more
        if (!/text\/event-stream/.test(answer.headers['content-type'] ?? '')) return
        if (!/"kind":"(caught-up|resync|closed|snapshot|heartbeat)"/.test(text)) return
        text = text.slice(0, text.lastIndexOf('\n\n') + 2)
        // Once: the socket may be somebody else's by the time more is heard.
        answer.removeAllListeners('data')
        done()
        asked.destroy()
      })
      answer.on('end', done)
    })
    const over = setTimeout(() => asked.destroy(new Error('nothing that ends it was said')), patience_ms)
    asked.on('close', () => clearTimeout(over))
    asked.on('error', (error) => {
      // A socket that was kept may have been closed by the other side in this moment: on another one it is asked again.
      if (asked.reusedSocket && !/nothing that ends/.test(error.message))
        void send(new Agent(), base, asking).then(resolve, reject)
      else reject(new Error(`${method} ${url}: ${error.message}`))
    })
    asked.end(body)
  })

export interface Fuzzed {
  readonly requests: number
  /** How many were answered with each status. */
  readonly statuses: ReadonlyMap<number, number>
  /** What broke the document, and what was asked. */
  readonly wrong: readonly string[]
}

const together = 16

/** So many requests made from the OpenAPI document, to a gateway before a ledger that decides what they send. */
export const fuzz = async (
  count: number,
  seed: number,
  progress: (done: number, events: number) => void = () => undefined,
): Promise<Fuzzed> => {
  const house = openHouse()
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'])

  let broken: unknown
  void house.lead().catch((error: unknown) => {
    broken = error
  })
  const base = new URL(await house.serve({ scheduler: hurried(100) }))
  const document: Schema = openApi(table)
  const holds = answersHold(document)
  const requests = requestsTo(document, words)
  const agent = new Agent({ keepAlive: true, maxSockets: together })
  const statuses = new Map<number, number>()
  const wrong: string[] = []

  const tryOne = async (asking: Asking): Promise<void> => {
    const answered = await send(agent, base, asking)
    statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1)
    const why = holds(asking, answered)
    if (why !== undefined && wrong.length < 20)
      wrong.push(
        `${asking.method} ${asking.url} ${JSON.stringify(asking.headers)} ${asking.body ?? ''}\n  ${why}\n  ${answered.body.slice(0, 300)}`,
      )
  }

  try {
    for (let done = 0; done < count && broken === undefined; ) {
      const batch = fc.sample(requests, { numRuns: Math.min(500, count - done), seed: seed + done })
      const waiting = [...batch]
      const worker = async (): Promise<void> => {
        for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await tryOne(one)
      }
      await Promise.all(Array.from({ length: together }, worker))
      done += batch.length
      progress(done, house.book.revision + 1)
    }
  } finally {
    agent.destroy()
    await house.close()
  }
  if (broken !== undefined) throw broken
  return { requests: [...statuses.values()].reduce((all, one) => all + one, 0), statuses, wrong }
}

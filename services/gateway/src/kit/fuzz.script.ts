import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { fuzz } from './fuzz'

/** Asks a gateway whatever is made from its OpenAPI document, as often as one likes: `npm run fuzz:gateway -- --requests=100000`. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now()) } },
})
const [requests, seed] = [Number(values.requests), Number(values.seed)]
if (!Number.isSafeInteger(requests) || !Number.isSafeInteger(seed))
  throw new Error('--requests and --seed are whole numbers')

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** So often it is looked how much is held. */
const every = 5_000
/** Once it is warm, a request leaves so much behind at the most: the ledger and the bus are in memory here, and what is sent stays there. */
const most_bytes = 400

interface Held {
  readonly done: number
  /** Of the ledger, which is in memory here and grows by what is sent. */
  readonly events: number
  readonly bytes: number
}

const heldNow = (done: number, events: number): Held => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return { done, events, bytes: heapUsed + external }
}

/** What a request has left behind on average, since a fifth of them were asked. */
const leftBehind_bytes = (looks: readonly Held[]): number => {
  const [warm, last] = [looks[Math.floor(looks.length / 5)], looks.at(-1)]
  return warm === undefined || last === undefined || last === warm
    ? 0
    : (last.bytes - warm.bytes) / (last.done - warm.done)
}

const number = (of: number): string => Math.round(of).toLocaleString('en')

const main = async (): Promise<void> => {
  console.log(`${number(requests)} requests from seed ${seed}`)
  const looks: Held[] = []
  const { statuses, wrong } = await fuzz(requests, seed, (done, events) => {
    if (done % every !== 0) return
    const look = heldNow(done, events)
    looks.push(look)
    console.log(`${number(done)} requests; ${number(events)} events; ${number(look.bytes / 1e6)} MB`)
  })
  const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${number(count)}`)
  console.log(`answered ${told.join(', ')}`)
  if (wrong.length > 0) throw new Error(`not as the document says:\n${wrong.join('\n')}`)
  console.log('every answer was as the document says')
  const left_bytes = leftBehind_bytes(looks)
  console.log(`a request left ${number(left_bytes)} bytes behind; ${number(most_bytes)} at the most`)
  if (left_bytes > most_bytes) throw new Error('memory grows with what is asked')
}
void main()

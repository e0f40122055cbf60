import { parseArgs } from 'node:util'
import { fuzz } from './fuzz'

/** Asks a gateway whatever is made from its OpenAPI document, as often as one likes: `npm run fuzz:gateway -- --requests=100000`. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now()) } },
})
const [requests, seed] = [Number(values.requests), Number(values.seed)]
if (!Number.isSafeInteger(requests) || !Number.isSafeInteger(seed))
  throw new Error('--requests and --seed are whole numbers')

const memory_MB = (): number => Math.round(process.memoryUsage().rss / 1e6)
const number = (of: number): string => of.toLocaleString('en')

const main = async (): Promise<void> => {
  console.log(`${number(requests)} requests from seed ${seed}`)
  const { statuses, wrong } = await fuzz(requests, seed, (done) => {
    if (done % 10_000 === 0) console.log(`${number(done)} requests; ${memory_MB()} MB`)
  })
  const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${number(count)}`)
  console.log(`answered ${told.join(', ')}`)
  if (wrong.length > 0) throw new Error(`not as the document says:\n${wrong.join('\n')}`)
  console.log('every answer was as the document says')
}
void main()

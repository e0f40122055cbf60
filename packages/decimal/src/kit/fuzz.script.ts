import { parseArgs } from 'node:util'
import * as decimals from '..'
import { firstDifference } from './fuzz'

/** Holds the package against big.js for as long as one likes: `npm run fuzz:decimal -- --operations=5000000 --seed=1`. */
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now()) },
  },
})
const step = 1_000_000
const [operations, seed] = [Number(values.operations), Number(values.seed)]
if (!Number.isSafeInteger(operations) || !Number.isSafeInteger(seed))
  throw new Error('--operations and --seed are whole numbers')

console.log(`${operations.toLocaleString('en')} operations from seed ${seed}`)
for (let done = 0; done < operations; done += step) {
  const difference = firstDifference(decimals, Math.min(step, operations - done), seed + done)
  if (difference !== undefined) throw new Error(`seed ${seed + done}: ${difference}`)
  console.log(`${Math.min(done + step, operations).toLocaleString('en')} operations, no difference`)
}

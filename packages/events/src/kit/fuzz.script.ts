import { parseArgs } from 'node:util'
import { fuzzLines } from './fuzz'

/** Holds what is made of the codecs against the codecs, for as long as one likes: `npm run fuzz:events -- --lines=2000000`. */
const { values } = parseArgs({
  options: { lines: { type: 'string', default: '200000' }, seed: { type: 'string', default: String(Date.now()) } },
})
const [lines, seed, step] = [Number(values.lines), Number(values.seed), 100_000]
if (!Number.isSafeInteger(lines) || !Number.isSafeInteger(seed)) throw new Error('--lines and --seed are whole numbers')

console.log(`${lines.toLocaleString('en')} lines from seed ${seed}`)
for (let done = 0; done < lines; done += step) {
  const { difference, sound } = fuzzLines(Math.min(step, lines - done), seed + done)
  if (difference !== undefined) throw new Error(`seed ${seed + done}: ${difference}`)
  console.log(
    `${Math.min(done + step, lines).toLocaleString('en')} lines, no difference; ${sound} of the last were sound`,
  )
}

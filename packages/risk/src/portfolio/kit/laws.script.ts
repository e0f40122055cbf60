import { argv } from 'node:process'
import fc from 'fast-check'
import { laws } from './laws'

/**
 * Every law over as many random portfolios as you like: `npm run laws:portfolio -- --portfolios=10000 --seed=7`, or
 * those whose words have `--law=WORDS` in them. Without a seed one
 * of the moment, which is printed; exits 1 where a law is broken, and tells the seed and the portfolio.
 */
const text = (name: string): string | undefined =>
  argv.find((given) => given.startsWith(`--${name}=`))?.slice(name.length + 3)
const option = (name: string, otherwise: number): number => Number(text(name) ?? otherwise)

const seed = option('seed', Date.now() % 1_000_000)
const portfolios = option('portfolios', 1000)
console.log(`seed ${seed}, ${portfolios} portfolios each`)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
const asked = Object.entries(laws).filter(([words]) => words.includes(text('law') ?? ''))
if (asked.length === 0) throw new Error(`no law has these words in it; they are:\n${Object.keys(laws).join('\n')}`)
for (const [words, draw] of asked) {
  const from = process.cpuUsage()
  draw(portfolios)
  const { user, system } = process.cpuUsage(from)
  console.log(`${words}: unbroken, ${((user + system) / 1e6).toFixed(1)} s of CPU`)
}

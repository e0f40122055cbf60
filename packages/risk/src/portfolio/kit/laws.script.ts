import { argv } from 'node:process'
import fc from 'fast-check'
import { laws } from './laws'

/**
 * Every law over as many random portfolios as you like: `npm run laws:portfolio -- --portfolios=10000 --seed=7`. Without a seed one
 * of the moment, which is printed; exits 1 where a law is broken, and tells the seed and the portfolio.
 */
const option = (name: string, otherwise: number): number => {
  const given = argv.find((text) => text.startsWith(`--${name}=`))
  return given === undefined ? otherwise : Number(given.slice(name.length + 3))
}

const seed = option('seed', Date.now() % 1_000_000)
const portfolios = option('portfolios', 1000)
console.log(`seed ${seed}, ${portfolios} portfolios each`)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
for (const [words, draw] of Object.entries(laws)) {
  const from = process.cpuUsage()
  draw(portfolios)
  const { user, system } = process.cpuUsage(from)
  console.log(`${words}: unbroken, ${((user + system) / 1e6).toFixed(1)} s of CPU`)
}

import { boundFor } from './raid/bound'
import { search } from './raid/search'

const usage = 'usage: npm run raids -- [--tries=N] [--seed=S] [--options]'

/** Looks for what one owner can take out of a house, and prints the best that it finds: `npm run raids -- --tries=2000 [--seed=S]`. */
const main = (args: readonly string[]): number => {
  let [tries, seed] = [500, 1]
  for (const arg of args.filter((each) => each !== '--options')) {
    const [, name, value = ''] = /^--(tries|seed)=(\d{1,9})$/.exec(arg) ?? []
    if (name === undefined) {
      process.stderr.write(`${usage}\n`)
      return 2
    }
    if (name === 'tries') tries = Number(value)
    else seed = Number(value)
  }
  const [best] = search(tries, seed, args.includes('--options'))
  if (best === undefined) return 2
  const { taken, layers, haircuts, owners, terms } = best.spoils
  const bound = boundFor(owners)
  process.stdout.write(
    `${tries} tries from seed ${seed}: the best takes ${taken.toFixed(2)}, the bound is ${bound.toFixed(2)}, of ${owners} owners who came to owe\n` +
      `the layers paid ${layers.toFixed(2)}, and ${haircuts.toFixed(2)} was taken from the profits of others\n` +
      terms.map(({ of, paid, cap }) => `  for ${of} ${paid.toFixed(2)}, at most ${cap.toFixed(2)}\n`).join('') +
      `${JSON.stringify(best.raid)}\n`,
  )
  return taken > bound ? 1 : 0
}

process.exitCode = main(process.argv.slice(2))

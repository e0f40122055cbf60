import { randomInt } from 'node:crypto'
import { told, tryWorld } from './worlds'

/** Lives through random worlds, as many as are asked for: `npm run laws -- --worlds=5000 [--seed=S]`. */
const usage = 'usage: npm run laws -- [--worlds=N] [--seed=S]'
const every_ms = 10_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const progress = (line: string): void => void process.stderr.write(`${line}\n`)

const readArguments = (args: readonly string[]): { readonly worlds: number; readonly seed: number } | undefined => {
  let [worlds, seed] = [500, randomInt(1, 1_000_000_000)]
  for (const arg of args) {
    const [, name, value = ''] = /^--(worlds|seed)=(\d{1,9})$/.exec(arg) ?? []
    if (name === undefined) return undefined
    if (name === 'worlds') worlds = Number(value)
    else seed = Number(value)
  }
  return { worlds, seed }
}

const main = (args: readonly string[]): number => {
  const asked = readArguments(args)
  if (asked === undefined) {
    progress(usage)
    return 2
  }
  const { worlds, seed } = asked
  say(`${worlds} worlds from seed ${seed}`)
  const began = Date.now()
  let said = began
  for (let done = 0; done < worlds; done += 1) {
    const failure = tryWorld(seed + done)
    if (failure !== undefined) {
      say(told(failure))
      return 1
    }
    if (Date.now() - said < every_ms) continue
    said = Date.now()
    progress(`${done + 1}/${worlds} worlds, ${(((done + 1) * 1000) / (said - began)).toFixed(1)}/s`)
  }
  say(`${worlds} worlds from seed ${seed}: every law holds; ${((Date.now() - began) / 1000).toFixed(1)} s`)
  return 0
}

process.exitCode = main(process.argv.slice(2))

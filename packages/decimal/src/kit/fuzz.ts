import { randomOf, textFrom } from './numbers'
import { oracle } from './oracle'
import { type Api, type Hand, played, plays } from './plays'

const names = Object.keys(plays) as (keyof typeof plays)[]

const handFrom = (random: () => number): Hand => {
  const texts = Array.from({ length: 4 }, () => textFrom(random))
  const [first = '0', second = '0'] = texts
  // One in four takes away almost, or exactly, what it has: sums that lose places.
  if (random() < 0.25) texts[1] = first.startsWith('-') ? first.slice(1) : `-${first}`
  if (random() < 0.1) texts[2] = `${first.includes('.') ? first : `${first}.`}${second.replace(/\D/g, '')}`
  const places = random() < 0.02 ? Math.floor(random() * 60) - 4 : Math.floor(random() * 20)
  const n = Math.floor((random() - 0.5) * 2 ** (1 + Math.floor(random() * 54)))
  return { texts, places, n }
}

/**
 * Plays so many calls, each function in turn, on the package and on big.js alone. Answers the first difference in
 * words, with all it takes to see it again; undefined where there is none.
 */
export const firstDifference = (subject: Api, operations: number, seed: number): string | undefined => {
  const random = randomOf(seed)
  let hand = handFrom(random)
  for (let i = 0; i < operations; i += 1) {
    if (i % names.length === 0) hand = handFrom(random)
    const name = names[i % names.length] ?? 'add'
    const [ours, theirs] = [played(subject, name, hand), played(oracle, name, hand)]
    if (ours !== theirs) return `${name} of ${JSON.stringify(hand)}: ${ours}, by big.js ${theirs}`
  }
  return undefined
}

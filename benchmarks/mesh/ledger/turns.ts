import { median, perSecond } from '../measure'

/** What one turn did, and how many milliseconds it took. */
export interface Turn {
  readonly commands: number
  readonly events: number
  readonly ms: number
}

/** One way of doing the same work; `turn` names what must be new each time. */
export interface Way {
  readonly name: string
  readonly run: (turn: string) => Promise<Turn>
}

/**
 * The ways take turns, each round in another order, so that whatever else the machine does meanwhile falls on all of
 * them. Answers for each the median of what it did in a second, after one round that is not counted.
 */
export const inTurns = async (
  ways: readonly Way[],
  rounds: number,
  counted: 'commands' | 'events',
): Promise<ReadonlyMap<string, number>> => {
  const rates = new Map<string, number[]>(ways.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    const from = round % ways.length
    for (const [index, { name, run }] of [...ways.slice(from), ...ways.slice(0, from)].entries()) {
      const turn = await run(`${round}x${index}`)
      if (round > 0) rates.get(name)?.push(perSecond(turn[counted], turn.ms))
    }
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]))
}

import { backstop } from '../state/names'
import type { Afterwards, Expectation } from './expectations'
import { checkLaws } from './laws'
import { list, parameters, registerAsset, wideBands } from './wishes'
import { all, emptyWorld, isAccepted, type Step, take, type Wish, type World } from './world'

/** The market of every scenario that says nothing else: USD in cents, BTC-PERP at 10 % initial and 5 % maintenance margin, wide bands, and a place for a backstop. */
export const market: Step = all(
  registerAsset('USD', 2, { settlement: true }),
  list('BTC-PERP'),
  parameters({ ...wideBands.data, backstop }),
)

/** A world with the market in it. */
export const marketWorld: World = market(emptyWorld)

/** Takes steps that a scenario presupposes: every one of them must succeed. */
export const prepare = (world: World, steps: readonly (Step | Wish)[]): World => {
  const ready = steps.reduce(take, world)
  const failed = ready.sent.slice(world.sent.length).find((sent) => sent.mayFail !== true && !isAccepted(sent))
  if (failed === undefined) return ready
  const { command, processed } = failed
  throw new Error(
    `given: ${command.type} was not accepted: ${JSON.stringify(processed.tag === 'decided' ? processed.rejection : processed)}`,
  )
}

const check = (before: World, after: World, expectations: readonly Expectation[]): void => {
  checkLaws(after)
  const afterwards: Afterwards = {
    ...after,
    asked: after.sent.slice(before.sent.length),
    happened: after.events.slice(before.events.length),
  }
  for (const expectation of expectations) expectation(afterwards)
}

const scenario = (world: World) => ({
  /** What the scenario is about; it may be turned away. */
  when: (...steps: readonly (Step | Wish)[]) => {
    const after = steps.reduce(take, world)
    // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits a scenario
    return { then: (...expectations: readonly Expectation[]): void => check(world, after, expectations) }
  },
  // biome-ignore lint/suspicious/noThenProperty: given, then
  then: (...expectations: readonly Expectation[]): void => check(world, world, expectations),
  world,
})

/** A scenario in the market; ends, whatever it looks at, by checking every law. */
export const given = (...steps: readonly (Step | Wish)[]) => scenario(prepare(marketWorld, steps))

/** A scenario that begins before the first event of the pool. */
export const givenNothing = (...steps: readonly (Step | Wish)[]) => scenario(prepare(emptyWorld, steps))

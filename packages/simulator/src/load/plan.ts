import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { busted } from './busts'
import { changes } from './changes'
import { crowd } from './crowd'
import { halts } from './halts'
import { house } from './house'
import { adoption } from './identity'
import { listedIn } from './listed'
import { marketOf, type Quote } from './market'
import { optionsTraded } from './options'
import { begin, gold, pricedIn, type Scene } from './scene'
import { debtors, pairs, type Script } from './scripts'
import { type Sending, sending } from './sending'
import { settleAll } from './settling'
import { hasSources } from './sources'
import type { Trait, Traits } from './traits'
import { misdeeds, wishOf } from './wishes'

/**
 * The same once more, or three times; once with other content under the same id; or with other content by another sender,
 * which is another command.
 */
const echoes = (dice: Dice, text: string): readonly string[] => {
  const roll = dice.next()
  const other = text.replace(/"(quantity|amount)":"[^"]*"/, '"$1":"7"')
  if (roll < 0.06) return [text, text, text]
  if (roll < 0.09) return [text, other]
  if (roll < 0.12) return [text, other.replace(/"actor":"[^"]*"/, '"actor":"operator:desk"')]
  return [text]
}

const lastOf = (sendings: readonly Sending[]): number => Math.max(0, ...sendings.map(({ at_ms }) => at_ms))

const whole = (ms: number): number => Math.floor(ms / 1_000) * 1_000

/** When its sender says that it was made, where the pool forgets: some time ago, in whole seconds. */
const ageOf = (dice: Dice, { traits }: Scene, at: number): string | undefined =>
  traits.has('memory') && dice.chance(0.4) ? formatTime(whole(begin + at) - dice.whole(0, 60) * 1_000) : undefined

/** What everybody sends to one pool, from the setting up of the house to the last trade. */
const planOf = (dice: Dice, weather: Weather, scene: Scene): readonly Sending[] => {
  const { pool, steps, traits } = scene
  const sendings: Sending[] = [...house(dice, scene), ...adoption(pool, traits)]
  const market = marketOf(dice.for('market'), weather, pricedIn(scene), traits)
  const published = (id: string, at: number, { name, price, observed_ms }: Quote): Sending => {
    const observed = begin + observed_ms
    const observedAt = formatTime(traits.has('seconds') ? whole(observed) : observed)
    const of = name === gold ? { asset: name } : { instrument: name }
    return sending(pool, at, `${id}-${name}`, 'PublishPrice', { ...of, price, observedAt }, 'oracle')
  }
  const play = (name: string, at: number, script: Script): void => {
    sendings.push(...script.sendings.map((each) => ({ ...each, at_ms: at + each.at_ms })))
    for (const { after_ms, name: of, factor } of script.moves)
      sendings.push(published(name, at + after_ms, market.move(of, factor, at + after_ms)))
  }
  const opened = lastOf(sendings) + 500
  let at = opened
  for (let step = 0; step < steps; step += 1) {
    at += dice.chance(0.3) ? dice.whole(0, 50) : dice.whole(500, 9_000)
    for (const quote of market.tick(step, at)) sendings.push(published(`p-${step}`, at, quote))
    if (step === 0 && traits.has('crowd')) sendings.push(...crowd(dice.for('crowd'), scene, at + 500))
    if (step === Math.floor(steps / 3) && traits.has('pairs'))
      play('pair', at, pairs(dice.for('pairs'), scene, market.prices()))
    if (step === Math.floor(steps / 2) && traits.has('debtors'))
      play('debt', at, debtors(dice.for('debtors'), scene, market.prices(), at))
    const id = `c-${step}`
    if (dice.chance(0.08)) sendings.push({ at_ms: at, key: pool, text: dice.pick(misdeeds) })
    const { type, data, actor = 'venue' } = wishOf(dice, scene, id, market.prices())
    if (type === 'ClearTrade' && traits.has('busts')) sendings.push(...busted(dice.for(`bust-${id}`), scene, id, at))
    for (const [i, text] of echoes(
      dice,
      sending(pool, at, id, type, data, actor, ageOf(dice, scene, at)).text,
    ).entries())
      sendings.push({ at_ms: at + i * dice.whole(0, 3_000), key: pool, text })
  }
  if (traits.has('options'))
    sendings.push(...optionsTraded(dice.for('options'), weather, scene, { from: opened, to: at }))
  if (traits.has('changes')) sendings.push(...changes(dice.for('changes'), scene, opened, at))
  if (traits.has('halts')) sendings.push(...halts(dice.for('halts'), scene, opened, at))
  return [...sendings, ...settleAll(dice, scene, at, market.prices())]
}

/** How many steps of load there are, to all pools together; fewer with a crowd, where there is enough to do. */
const stepsIn = (traits: Traits): number => (traits.has('crowd') ? (traits.has('parts') ? 14 : 6) : 28)

/** Where each pool's plan plays. */
export const scenesFor = (dice: Dice, traits: Traits, pools: readonly string[]): readonly Scene[] =>
  pools.map((pool, i) => {
    // The crowd is in one pool only, and so are options; and what sources sign is a price above nothing.
    const isLeftOut = (trait: Trait): boolean =>
      ((trait === 'crowd' || trait === 'options') && i > 0) || (trait === 'spread' && hasSources(traits))
    const own: Traits = new Set([...traits].filter((trait) => !isLeftOut(trait)))
    const listed = listedIn(dice.for(pool).for('listed'), own)
    return { pool, steps: Math.ceil(stepsIn(own) / pools.length), traits: own, listed }
  })

/** What everybody sends in one world, to all its pools, in order of time. */
export const planFor = (dice: Dice, weather: Weather, scenes: readonly Scene[]): readonly Sending[] =>
  scenes.flatMap((scene) => planOf(dice.for(scene.pool), weather, scene)).sort((a, b) => a.at_ms - b.at_ms)

import { hasOracles } from '../load/sources'
import { ledgerGroup, oracleGroup } from './posts'
import type { Service } from './process'
import type { World } from './world'

/** Whether the backstop is at work there, alone or beside the others. */
const keepsAuctions = ({ name }: Service): boolean => name.startsWith('keeper') || name === 'reactors'

/** Kills, stops, rebalances and lets rivals in, from now until `isOver`. */
export const raiseStorm = (world: World, services: readonly Service[], rival: Service, isOver: () => boolean): void => {
  const dice = world.dice.for('storm')
  const anybody = (): Service | undefined => services[dice.whole(0, services.length - 1)]
  const again = (): void =>
    world.timeline.after(dice.whole(200, 6_000), () => {
      if (isOver()) return
      const weather = world.weather()
      if (dice.chance(weather.crash * 0.6)) anybody()?.crash()
      if (dice.chance(weather.stop * 0.3)) anybody()?.stop()
      if (dice.chance(weather.rival * 0.5)) dice.chance(0.7) ? rival.start() : rival.crash()
      if (dice.chance(weather.rebalance * 0.6)) {
        const oracles = hasOracles(world.traits) ? [oracleGroup] : []
        const groups = [ledgerGroup, ...world.posts.map(({ group }) => group), ...oracles]
        world.bus.rebalance(groups[dice.whole(0, groups.length - 1)] ?? '', dice)
      }
      if (dice.chance(weather['keeper-gone'] * 0.3)) vanish(services.find(keepsAuctions))
      again()
    })
  const vanish = (keeper: Service | undefined): void => {
    if (keeper === undefined) return
    keeper.keep = false
    keeper.crash()
    world.timeline.after(dice.whole(10_000, 60_000), () => {
      keeper.keep = true
      keeper.start()
    })
  }
  again()
}

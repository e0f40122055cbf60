import { get, market, openHouse } from '@novation/gateway/kit'
import { tick } from '@novation/platform/kit'
import { connect } from '../connect'
import { here, type World } from '../world'

/** A small market behind a gateway, which decides what is sent, and a client of it. */
export const openMarket = async (world: Partial<World> = {}) => {
  const house = openHouse()
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  void house.lead()
  const base = await house.serve()
  const url = base.replace('/v1/pools', '')
  const pool = connect({ url, world: { ...here, ...world }, patience: { first_ms: 5, most_ms: 20 } }).pool('main')
  return { house, base, url, pool, get }
}

import { marketWorld, prepare } from '../scenario'
import type { World } from '../world'
import { identityLadders } from './identity'
import type { Ladder } from './ladder'
import { marginLadders } from './margin'
import { marketLadders } from './market'
import { moneyLadders } from './money'
import { optionLadders } from './options'
import { oracleLadders } from './oracle'

export type { Ladder, Rung } from './ladder'

/** Every reason for which a command is turned down, each met on a rung of one of these at the least. */
export const ladders: readonly Ladder[] = [
  ...marketLadders,
  ...moneyLadders,
  ...marginLadders,
  ...identityLadders,
  ...oracleLadders,
  ...optionLadders,
]

/** The world in which a rung, counted from 0, is stood on: everything below it is mended. */
export const worldOn = ({ given, rungs }: Ladder, rung: number): World =>
  prepare(marketWorld, [...given, ...rungs.slice(0, rung + 1).flatMap(({ mend = [] }) => mend)])

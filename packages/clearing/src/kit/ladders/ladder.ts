import type { CommandType } from '@novation/events'
import type { RejectionCode } from '../../rejections'
import type { Step, Wish } from '../world'

/** What was wrong before is mended (`mend`, or another wish), and then the command meets the next reason. */
export interface Rung {
  readonly code: RejectionCode | 'accepted'
  readonly wish: Step | Wish
  readonly mend?: readonly (Step | Wish)[]
}

/**
 * One command, at first with everything wrong with it at once. On each rung one more thing is mended and nothing else,
 * so what is named there was wrong on every rung below too, and came after what was named there.
 */
export interface Ladder {
  readonly command: CommandType
  readonly given: readonly (Step | Wish)[]
  readonly rungs: readonly Rung[]
}

export const rung = (code: Rung['code'], wish: Rung['wish'], ...mend: readonly (Step | Wish)[]): Rung => ({
  code,
  wish,
  mend,
})

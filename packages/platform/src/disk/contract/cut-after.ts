import type { DiskStep, Mount } from '../memory-disk'

/** A process that is gone after so many steps on its disk: those it was still waiting for are never done. */
export const cutAfter = (steps: number, did?: (step: DiskStep) => void): Mount => {
  let left = steps
  return {
    pace: (step) => {
      left -= 1
      return left < 0 ? new Promise(() => undefined) : Promise.resolve().then(step)
    },
    ...(did === undefined ? {} : { did }),
  }
}

import type { OpenBus } from './contract/fixture'
import { groups } from './contract/groups'
import { publishing } from './contract/publishing'
import { redelivery } from './contract/redelivery'
import { stopping } from './contract/stopping'

/** What every adapter of the bus must do; `open` is asked for one bus a scenario. */
export const busContract = (name: string, open: OpenBus): void =>
  describe(`${name}, as a bus,`, () => {
    publishing(open)
    groups(open)
    redelivery(open)
    stopping(open)
  })

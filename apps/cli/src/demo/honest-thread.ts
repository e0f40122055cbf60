import { answerThread } from '@novation/platform'
import type { Day } from './day'
import type { PriceTally } from './price-tally'
import { type DemoAsked, honestly } from './whole-demo'
import { withoutLiars } from './without-liars'

answerThread(
  (asked: DemoAsked) =>
    (day: Day): Promise<PriceTally> =>
      withoutLiars(honestly(day, asked)),
)

import type { EventType } from '../event-data'
import { defaultSamples } from './events-default'
import { identitySamples } from './events-identity'
import { oracleSamples } from './events-oracle'
import { riskSamples } from './events-risk'
import { tradingSamples } from './events-trading'
import type { EventSamples } from './samples'

/** One event of each type. */
export const eventSamples: EventSamples<EventType> = {
  ...tradingSamples,
  ...defaultSamples,
  ...identitySamples,
  ...oracleSamples,
  ...riskSamples,
}

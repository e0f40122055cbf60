import { busContract } from '../bus-contract'
import { describeKafka, openFixture, shared } from './test-broker'

describeKafka('on real Kafka', () => {
  busContract('the Kafka adapter', (specs) => openFixture(shared ?? '', specs))
})

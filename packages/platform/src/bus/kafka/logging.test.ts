import { Kafka } from 'kafkajs'
import { logCreator } from './logging'
import { parted } from './sockets'

describe("the client's own lines", () => {
  const lines: [string, object, string][] = []
  const logger = {
    debug: (fields: object, message: string) => lines.push(['debug', fields, message]),
    warn: (fields: object, message: string) => lines.push(['warn', fields, message]),
  }
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], logCreator: logCreator(logger) })
  beforeEach(() => lines.splice(0))

  it('go to the logger, with their fields and no time of their own', () => {
    kafka.logger().namespace('Connection').error('Connection error', { broker: 'b' })
    kafka.logger().namespace('Runner').warn('careful')
    kafka.logger().namespace('Consumer').info('Starting')
    expect(lines).toEqual([
      ['warn', { broker: 'b', client: 'kafkajs', namespace: 'Connection' }, 'Connection error'],
      ['warn', { client: 'kafkajs', namespace: 'Runner' }, 'careful'],
      ['debug', { client: 'kafkajs', namespace: 'Consumer' }, 'Starting'],
    ])
  })

  it('warn of no connection that ended because its client has parted', () => {
    kafka.logger().namespace('Connection').error(`Connection error: ${parted}`)
    expect(lines.map(([level]) => level)).toEqual(['debug'])
  })

  it('leave out the warning that a producer with a limit of retries is not safe, which is answered by using none twice', () => {
    kafka.producer({ idempotent: true, retry: { retries: 1 }, createPartitioner: () => () => 0 })
    expect(lines).toEqual([])
  })
})

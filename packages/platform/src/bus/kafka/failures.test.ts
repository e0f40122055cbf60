import {
  KafkaJSAggregateError,
  KafkaJSConnectionError,
  KafkaJSGroupCoordinatorNotFound,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'
import { errorOf, isPassing, isRefusal, isUnheard, reasonOf } from './failures'

const protocol = (type: string, retriable: boolean) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable }) as never)
const tried = (error: Error) => new KafkaJSNumberOfRetriesExceeded(error, { retryCount: 1, retryTime: 1 })
const wrapped = (cause: Error) => Object.assign(new KafkaJSNonRetriableError(cause.message), { cause })

describe('a failure of the client', () => {
  it('passes when a connection was lost, however it was wrapped', () => {
    const lost = new KafkaJSConnectionError('ECONNREFUSED')
    expect([lost, tried(lost), wrapped(lost), wrapped(tried(lost))].map(isPassing)).toEqual([true, true, true, true])
  })

  it('passes when no coordinator was found, though the client calls that final', () =>
    expect(isPassing(Reflect.construct(KafkaJSGroupCoordinatorNotFound, ['none']))).toBe(true))

  it('stays when it is a bug, a thing not implemented, or a refusal of rights', () =>
    expect(
      [
        new TypeError('a bug'),
        wrapped(new TypeError('a bug')),
        new KafkaJSNonRetriableError('Snappy compression not implemented'),
        protocol('GROUP_AUTHORIZATION_FAILED', false),
      ].map(isPassing),
    ).toEqual([false, false, false, false]))

  it('is a refusal only where a broker looked at the records', () => {
    expect(isRefusal(tried(protocol('MESSAGE_TOO_LARGE', false)))).toBe(true)
    expect(isRefusal(protocol('NOT_ENOUGH_REPLICAS', true))).toBe(false)
    expect(isRefusal(new Error('MESSAGE_TOO_LARGE'))).toBe(false)
  })

  it('is over soon where a broker has not heard yet of a topic that was just made', () => {
    expect(isUnheard(tried(protocol('UNKNOWN_TOPIC_OR_PARTITION', true)))).toBe(true)
    expect(isUnheard(wrapped(protocol('LEADER_NOT_AVAILABLE', true)))).toBe(true)
    expect(isUnheard(protocol('TOPIC_AUTHORIZATION_FAILED', false))).toBe(false)
    expect(isUnheard('UNKNOWN_TOPIC_OR_PARTITION')).toBe(false)
  })

  it('is told with what lies at its bottom', () => {
    expect(reasonOf(new Error('plain'))).toBe('plain')
    expect(reasonOf('thrown text')).toBe('thrown text')
    expect(reasonOf(wrapped(new Error('the root')))).toBe('the root')
    expect(reasonOf(new KafkaJSAggregateError('Topic creation errors', [new Error('no brokers')]))).toBe(
      'Topic creation errors (no brokers)',
    )
    expect(errorOf('text').message).toBe('text')
  })
})

import type { Why } from './types'

/** A request that could not be answered, as the gateway says why. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: Why['code']
  readonly status: number
  /** Of the request, to search the log of the gateway for. */
  readonly instance: string | undefined
  constructor({ code, detail, status = 0, instance }: Why) {
    super(`${code}: ${detail}`)
    this.code = code
    this.status = status
    this.instance = instance
  }
}

/** The gateway did not answer at all, however often it was asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

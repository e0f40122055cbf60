import { trustedDigest } from '@novation/risk'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { checkedArithmetic } from './arithmetic'

describe('the arithmetic of this engine', () => {
  it('is the one that ledgers are decided by', () => expect(checkedArithmetic()).toBe(trustedDigest))

  it('where it is another one, nothing begins: exit 5, what and why', () => {
    let failure: unknown
    try {
      checkedArithmetic('0badc0de')
    } catch (error) {
      failure = error
    }
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({
      explanation: {
        id: 'other-arithmetic',
        exit: exitCodes.unavailable,
        what: expect.stringContaining('computes prices of options otherwise'),
        why: expect.stringContaining('0badc0de here'),
      },
    })
  })
})

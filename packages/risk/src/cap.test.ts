import { decimal, format, whole } from '@novation/decimal'
import { capOf } from '.'

describe('a cap', () => {
  const cap = (least: string, share: string, prefunded: string) =>
    format(capOf(decimal(least), whole(decimal(share)), decimal(prefunded), 2))
  it('is a share of what the layers hold, in whole units', () => expect(cap('5000', '0.25', '100000.03')).toBe('25000'))
  it('is never below the least', () => expect(cap('5000.009', '0.25', '700')).toBe('5000'))
})

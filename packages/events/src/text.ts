import * as t from 'io-ts'

/** A string of a certain form; the form is kept on the codec so that JSON Schema can be generated from it. */
export class TextType extends t.Type<string> {
  readonly _tag = 'TextType' as const
  constructor(
    name: string,
    readonly pattern: RegExp,
    readonly meaning: string,
  ) {
    const is = (u: unknown): u is string => typeof u === 'string' && pattern.test(u)
    super(
      name,
      is,
      (u, c) => (is(u) ? t.success(u) : t.failure(u, c, `${name}: ${meaning}`)),
      t.identity,
    )
  }
}

const text = (name: string, pattern: RegExp, meaning: string) => new TextType(name, pattern, meaning)

/** Names of accounts, assets, instruments, commands, trades (protocol 1): no slash, so no name can forge a sub-account. */
export const Id = text('Id', /^[A-Za-z0-9._:-]{1,64}$/, '1 to 64 of A-Z a-z 0-9 . _ : -')

/** A liquidation is named `<account>:<n>`, so it may be longer than the account. */
export const LiquidationId = text('LiquidationId', /^[A-Za-z0-9._:-]{3,80}$/, 'account:number')

/** A pool names a stream `ledger-<pool>` whose category ends at the first dash, so it has none itself. */
export const PoolName = text('PoolName', /^[A-Za-z0-9._:]{1,64}$/, '1 to 64 of A-Z a-z 0-9 . _ : (no dash)')

/** A decimal as a command may write it: no exponent, at most 18 digits before and after the point (protocol 1). */
export const DecimalText = text(
  'DecimalText',
  /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/,
  'a decimal string such as "12.5", at most 18 digits before and after the point, no exponent',
)

/** An amount in an event: exact, so it may carry more places than a command may write. */
export const AmountText = text('AmountText', /^-?\d{1,120}(\.\d{1,120})?$/, 'a decimal string')

/** RFC 3339, in UTC or with an offset. */
export const TimeText = text(
  'TimeText',
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
  'an RFC 3339 time such as "2020-03-12T10:00:00Z"',
)

/** Who asks: `role` or `role:name`. */
export const Actor = text('Actor', /^[a-z]{1,32}(:[A-Za-z0-9._:-]{1,64})?$/, 'role or role:name')

/** The name of an account of the books, such as `trader/alice/BTC-PERP` or `insurance`. */
export const BookAccount = text('BookAccount', /^[A-Za-z0-9._:/-]{1,200}$/, 'an account of the books')

/** A free remark of bounded length, without control characters. */
export const Remark = text('Remark', /^[^\u0000-\u001f\u007f]{0,256}$/, 'at most 256 printable characters')

/** A longer explanation written by the ledger itself. */
export const Reason = text('Reason', /^[^\u0000-\u001f\u007f]{0,1000}$/, 'a sentence')

export const Digest = text('Digest', /^[0-9a-f]{64}$/, 'a SHA-256 digest in hexadecimal')

/** A whole number between two bounds, both allowed. */
export class WholeType extends t.Type<number> {
  readonly _tag = 'WholeType' as const
  constructor(
    name: string,
    readonly least: number,
    readonly most: number,
  ) {
    const is = (u: unknown): u is number => Number.isInteger(u) && (u as number) >= least && (u as number) <= most
    super(
      name,
      is,
      (u, c) => (is(u) ? t.success(u) : t.failure(u, c, `${name}: a whole number from ${least} to ${most}`)),
      t.identity,
    )
  }
}

/** Decimal places of an asset. */
export const Places = new WholeType('Places', 0, 18)

/** A length of time in seconds; at most ten years, so that no due time overflows. */
export const Seconds = new WholeType('Seconds', 0, 315_360_000)

export const Count = new WholeType('Count', 0, Number.MAX_SAFE_INTEGER)

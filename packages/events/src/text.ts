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
    super(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, meaning)), t.identity)
  }
}

/** Lengths count characters, not UTF-16 units, as JSON Schema counts them. */
const text = (name: string, pattern: string, meaning: string) =>
  new TextType(name, new RegExp(`^${pattern}$`, 'u'), meaning)

/** Names of accounts, assets, instruments, commands, trades (protocol 1): no slash, so no name can forge a sub-account. */
export const Id = text('Id', '[A-Za-z0-9._:-]{1,64}', '1 to 64 of A-Z a-z 0-9 . _ : -')

/** A name, or nothing where there is to be nobody of that kind any more. */
export const IdOrNobody = text('IdOrNobody', '([A-Za-z0-9._:-]{1,64})?', 'a name, or "" for nobody')

/** A liquidation is named `<account>:<n>`, so it may be longer than the account. */
export const LiquidationId = text('LiquidationId', '[A-Za-z0-9._:-]{3,80}', 'account:number')

/** What falls due: an account, an instrument, an expiry or a liquidation, by its name. */
export const DueId = text('DueId', '[A-Za-z0-9._:-]{1,96}', 'the name of what falls due')

/** A pool names a stream `ledger-<pool>` whose category ends at the first dash, so it has none itself. */
export const PoolName = text('PoolName', '[A-Za-z0-9._:]{1,64}', '1 to 64 of A-Z a-z 0-9 . _ : (no dash)')

/** A decimal as a command may write it: no exponent, at most 18 digits before and after the point (protocol 1). */
export const DecimalText = text(
  'DecimalText',
  '-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?',
  'a decimal string such as "12.5" (at most 18 digits before and after the point, no exponent)',
)

/** An amount in an event: exact, so it may carry more places than a command may write. */
export const AmountText = text('AmountText', '-?[0-9]{1,120}(\\.[0-9]{1,120})?', 'a decimal string')

/** RFC 3339 of a day that exists (Date.parse takes 30 February for 1 March), in centuries of which some begin with a leap year. */
const time = (century: string, leapCentury: string, digits = 9): string => {
  const thirtyOne = '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])'
  const thirty = '(0[469]|11)-(0[1-9]|[12][0-9]|30)'
  const february = '02-(0[1-9]|1[0-9]|2[0-8])'
  const leapYear = `(${century}(0[48]|[2468][048]|[13579][26])|${leapCentury}00)`
  const day = `(${century}[0-9][0-9]-(${thirtyOne}|${thirty}|${february})|${leapYear}-02-29)`
  const clock = '([01][0-9]|2[0-3]):[0-5][0-9]'
  return `${day}T${clock}:[0-5][0-9](\\.[0-9]{1,${digits}})?(Z|[+-]${clock})`
}

/** A time as a command may write it: of the years 1000 to 2999, so that no due time reaches a fifth digit. */
export const TimeText = text(
  'TimeText',
  time('[12][0-9]', '(1[26]|2[048])'),
  'an RFC 3339 time of a day that exists, such as "2020-03-12T10:00:00Z"',
)

/** The same to the millisecond, and no further: two of them are of one moment where their milliseconds are. */
export const MomentText = text(
  'MomentText',
  time('[12][0-9]', '(1[26]|2[048])', 3),
  'an RFC 3339 time of a day that exists, to the millisecond at most',
)

/** A time in an event: any year of four digits. */
export const InstantText = text('InstantText', time('[0-9][0-9]', '([02468][048]|[13579][26])'), 'an RFC 3339 time')

/** A public key of Ed25519 (RFC 8032), which is its own name: base64url of its 32 bytes, the two spare bits zero (protocol 24). */
export const Key = text('Key', 'ed25519:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]', 'ed25519: and 32 bytes in base64url')

/** A signature of Ed25519: base64url of its 64 bytes, the four spare bits zero. */
export const SignatureText = text('SignatureText', '[A-Za-z0-9_-]{85}[AQgw]', '64 bytes in base64url')

/** Who asks: `role` or `role:name`. */
export const Actor = text('Actor', '[a-z]{1,32}(:[A-Za-z0-9._:-]{1,64})?', 'role or role:name')

/** The name of an account of the books, such as `trader/alice/BTC-PERP` or `insurance`. */
export const BookAccount = text('BookAccount', '[A-Za-z0-9._:/-]{1,200}', 'an account of the books')

/** Neither a control character nor half of a surrogate pair. */
const printable = '[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]'

/** A free remark of bounded length. */
export const Remark = text('Remark', `${printable}{0,256}`, 'at most 256 printable characters')

/** A longer explanation written by the ledger itself. */
export const Reason = text('Reason', `${printable}{0,1000}`, 'a sentence')

export const Digest = text('Digest', '[0-9a-f]{64}', 'a SHA-256 digest in hexadecimal')

/** A whole number between two bounds, both allowed. */
export class WholeType extends t.Type<number> {
  readonly _tag = 'WholeType' as const
  constructor(
    name: string,
    readonly least: number,
    readonly most: number,
  ) {
    const is = (u: unknown): u is number => Number.isInteger(u) && (u as number) >= least && (u as number) <= most
    const meaning = `a whole number from ${least} to ${most}`
    super(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, meaning)), t.identity)
  }
}

/** Decimal places of an asset. */
export const Places = new WholeType('Places', 0, 18)

/** A length of time in seconds; at most ten years, so that no due time overflows. */
export const Seconds = new WholeType('Seconds', 0, 315_360_000)
export const Milliseconds = new WholeType('Milliseconds', 0, 86_400_000)

/** A length of time in days, up to a hundred years. */
export const Days = new WholeType('Days', 1, 36_525)

/** How many steps there are on each side of a grid. */
export const Steps = new WholeType('Steps', 0, 100)

/** How much one of many counts: so little that the weight of all is a safe number. */
export const Weight = new WholeType('Weight', 1, 1_000_000)

export const Count = new WholeType('Count', 0, Number.MAX_SAFE_INTEGER)

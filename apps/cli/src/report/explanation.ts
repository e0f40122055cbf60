import type { AccountStory, Bond, Chapter, EventStory, KeyStory, Origin, PriceStory, SignedBy } from '@novation/audit'
import type { Waiting } from '@novation/clearing'
import { describeMargin } from './margin'

const by = ({ command: { id, type, actor, revision } }: Pick<Origin, 'command'>): string =>
  `${type} of ${actor} (${id}) at ${revision}`

const because = (causes: readonly Origin[]): string =>
  causes.length === 0
    ? ''
    : `      because of ${causes.map((cause) => `${cause.type} at ${cause.revision}, by ${by(cause)}`).join('\n        and that of ')}\n`

const time = (at: string): string => at.replace('.000Z', 'Z')

const sameCauses = (a: Chapter, b: Chapter | undefined): boolean => b !== undefined && a.command.id === b.command.id

const chapter = (one: Chapter, index: number, all: readonly Chapter[]): string => {
  const { revision, at, sentence, status, margin, ...rest } = one
  const isSame = sameCauses(one, all[index - 1])
  return [
    `${String(revision).padStart(6)}  ${time(at)}  ${sentence}\n`,
    rest.causes.length === 0 || isSame ? '' : `      asked by ${rest.command.actor}\n${because(rest.causes)}`,
    status === undefined ? '' : `      ${status.before} -> ${status.after}\n`,
    margin === undefined ? '' : describeMargin(margin, '        '),
  ].join('')
}

/** What an account in breach waits for. */
const whyNothing = (waiting: Waiting): string => {
  switch (waiting.for) {
    case 'price':
      return `nothing of it can be dealt in, and it waits for a price, or the market, of ${waiting.missing.join(', ')}`
    case 'others':
      return 'only a debt is left, and others below zero are still offered for sale'
    case 'waterfall':
      return 'all of it was offered, or nothing is left, and the waterfall is to be asked'
    case 'liquidator':
      return 'an auction is due, and the liquidator has not asked for it yet'
  }
}

/** The story of an account in words; figures are cut to two places, and the JSON has them whole. */
export const describeAccountStory = ({
  account,
  pool,
  revision,
  beginning,
  chapters,
  waiting,
  margin,
}: AccountStory): string =>
  [
    `${account} in pool ${pool}, ${beginning === undefined ? '' : `after revision ${beginning.revision} and `}up to revision ${revision}. Numbers in brackets are the revisions that a figure comes from.\n\n`,
    beginning?.margin === undefined ? '' : `At the beginning:\n${describeMargin(beginning.margin, '  ')}\n`,
    ...chapters.map(chapter),
    margin === undefined ? '' : `\nAt the end:\n${describeMargin(margin, '  ')}`,
    waiting === undefined ? '' : `\nIn breach, and not offered for sale: ${whyNothing(waiting)}.\n`,
  ].join('')

/** Why what a source said is no part of a price. */
const leftOut = {
  silent: 'it has said nothing',
  suspended: 'it has signed two truths, and counts no more',
  old: 'too old to count',
  'other-currency': 'in a currency it was not set to',
  'not-newer': 'no newer than the price that was held',
  conversion: 'not counted: what converts it is stale, held or too uncertain',
} as const

const quoteLine = ({ source, weight, counts, said, off, left }: PriceStory['quotes'][number]): string => {
  const count = left === undefined ? `counts ${counts === 'half' ? `half of ${weight}` : weight}` : leftOut[left]
  if (said === undefined) return `  ${source}  ${left === undefined ? '' : leftOut[left]}\n`
  const { price, currency, at, confidence, revision, signature, holds } = said
  const about = confidence === undefined ? '' : ` give or take ${confidence}`
  return [
    `  ${source}  ${price} ${currency}${about}, seen ${time(at)}, taken at ${revision}: ${count}${off ? ', and was off' : ''}\n`,
    `    ${holds ? 'signed by a key of its own' : 'NOT SIGNED by any key that speaks for it'}: ${signature}\n`,
  ].join('')
}

/** Whose quotes a price is made of. */
const describePrice = ({ index, quorum, quotes, ignored }: PriceStory): string =>
  [
    `\nThe quotes behind ${index}, of which a quorum weighs ${quorum}:\n`,
    ...quotes.map(quoteLine),
    ...ignored.map(({ source, why }) => `  ${source}  came with it and was passed over: ${why}\n`),
  ].join('')

/** The story of an event in words. */
export const describeEventStory = (story: EventStory): string => {
  const { event, command, causes, effects, margin, price, together, postings } = story
  const asked =
    command === undefined
      ? 'it goes on with bulk work'
      : `${command.type} ${command.id} of ${command.actor}: ${JSON.stringify(command.data)}`
  return [
    `Event ${event.revision} of pool ${story.pool}, ${event.type}, ${time(event.at)}\n  ${event.sentence}\n  id ${event.id}\n`,
    `\nThe command that made it:\n  ${asked}\n`,
    causes.length === 0
      ? '  An outsider asked for it: there is no cause before it in the ledger.\n'
      : `\nWhy, nearest cause first:\n${causes.map((cause) => `  ${cause.revision}  ${cause.sentence}, by ${by(cause)}\n`).join('')}`,
    together.length < 2
      ? ''
      : `\nWith it, by the same command:\n${together.map(({ revision, sentence }) => `  ${revision}  ${sentence}\n`).join('')}`,
    margin === undefined ? '' : `\nThe margin behind it:\n${describeMargin(margin, '  ')}`,
    price === undefined ? '' : describePrice(price),
    postings.length === 0
      ? ''
      : `\nWhat it moved:\n${postings.map(({ account, asset, amount }) => `  ${account}  ${amount} ${asset}\n`).join('')}`,
    effects.length === 0
      ? '\nNothing followed from it by itself.\n'
      : `\nWhat followed:\n${effects.map(({ revision, depth, sentence }) => `  ${'  '.repeat(depth - 1)}${revision}  ${sentence}\n`).join('')}`,
  ].join('')
}

const bond = ({ actor, revision, from, revoked }: Bond): string =>
  `${String(revision).padStart(6)}  a key of ${actor} from ${time(from)}${
    revoked === undefined ? '' : ` until ${time(revoked.at)}, revoked at ${revoked.revision} as ${revoked.reason}`
  }\n`

const signing = ({ revision, at, id, type, actor, beside, order, rejection }: SignedBy): string =>
  `${String(revision).padStart(6)}  ${time(at)}  ${order === undefined ? '' : `order ${order}, shown in `}${type} of ${actor} (${id})${
    beside === 0 ? '' : `, beside ${beside} other ${beside === 1 ? 'key' : 'keys'}`
  }${rejection === undefined ? '' : `: rejected, ${rejection}`}\n`

/** What is known of a key, in words. */
export const describeKeyStory = ({ pool, key, bonds, signed }: KeyStory): string =>
  [
    `${key} in pool ${pool}. At the beginning of each line stands its revision; that the signatures hold is proven by novation verify.\n\n`,
    bonds.length === 0 ? 'It was never the key of anybody.\n' : `Bound:\n${bonds.map(bond).join('')}`,
    signed.length === 0 ? '\nIt has signed nothing.\n' : `\nSigned:\n${signed.map(signing).join('')}`,
  ].join('')

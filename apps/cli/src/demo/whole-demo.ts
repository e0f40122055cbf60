import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { type OwnSignatures, rememberOwn } from '../identity/own-signatures'
import type { Day } from './day'
import { type Feed, feedOf, onIndices, quorumOf, type Sources } from './feed'
import { type Script, scriptOf } from './script'
import { adoption, developmentKeys, signingBy } from './signed'
import type { Honest } from './without-liars'

/** What is played where nobody says anything of sources: a third of seven, as many as may, lie. */
const usual: Sources = { sources: 7, liars: 2 }
const told: Sources = { sources: 0, liars: 0 }

/**
 * How many sources sign the prices, and how many of them lie: where a number of sources is said, nobody unless that is said too; where
 * none is, as usual, but for markets of options and for open pools, whose prices are told.
 */
export const sourcesOf = (asked: {
  readonly sources: number | undefined
  readonly liars: number | undefined
  readonly identity: DemoAsked['identity']
  readonly portfolio: boolean
}): Sources => {
  const { sources, liars, identity, portfolio } = asked
  if (sources !== undefined) return { sources, liars: liars ?? 0 }
  const unsaid = portfolio || identity === 'open' ? told : usual
  return { sources: unsaid.sources, liars: liars ?? unsaid.liars }
}

/** What somebody asks of a demo, beside the day it is played on. */
export interface DemoAsked extends Sources {
  readonly accounts: number
  readonly seed: number
  readonly identity: 'open' | 'development' | undefined
  readonly maxSettle: number
  /** Whether there are options too. */
  readonly portfolio?: boolean
}

/** All that a demo is. */
export interface WholeDemo {
  readonly day: Day
  readonly script: Script
  /** Of a demo whose commands are signed. */
  readonly signed: OwnSignatures | undefined
  /** Of one whose prices are. */
  readonly feed: Feed | undefined
}

const usage = (what: string, remedy: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy })

const leastSources = 3

const checkSources = ({ sources, liars, identity, portfolio = false }: DemoAsked): void => {
  if (portfolio && sources > 0)
    throw usage(
      'the market of options is told in the demo, and nobody signs what it is marked by',
      'leave --sources out, or --portfolio',
    )
  if (sources === 0) {
    if (liars > 0)
      throw usage('nobody signs the prices, so nobody can lie', 'let sources sign (--sources=7), or leave --liars out')
    return
  }
  if (sources < leastSources)
    throw usage(
      `${sources} ${sources === 1 ? 'source' : 'sources'} make no index: one of them would decide alone`,
      `name ${leastSources} at least, or 0 for prices that are told`,
    )
  if (liars >= sources) throw usage(`${liars} of ${sources} sources lie: nobody says the truth`, 'name fewer liars')
  if (identity === 'open')
    throw usage('in an open pool nobody has keys, and no source could sign', 'leave --identity out, or say --sources=0')
}

/** Said before it begins, where what is asked goes beyond what the house promises. */
export const warningOn = ({ sources, liars }: Sources): string | undefined =>
  sources > 0 && 2 * liars >= quorumOf(sources)
    ? `${liars} of ${sources} sources lie, half of the quorum of ${quorumOf(sources)} or more: nothing keeps the price to what the others say`
    : undefined

const namesIn = ({ names }: Feed): readonly string[] => names.map(({ source }) => source)

/** A demo by its day and by what is asked of it. Throws a `Failure` where that cannot be. */
export const demoOf = (asked: Day, settings: DemoAsked): WholeDemo => {
  checkSources(settings)
  const { accounts, seed, sources, liars, identity, portfolio = false } = settings
  if (sources === 0) {
    const signed = identity === 'development' ? rememberOwn(developmentKeys(seed)) : undefined
    const extras = signed === undefined ? {} : { beginning: adoption(seed), sign: signingBy(signed.keyring, seed) }
    return { day: asked, script: scriptOf(asked, accounts, seed, { ...extras, portfolio }), signed, feed: undefined }
  }
  const day = onIndices(asked)
  const feed = feedOf(day, seed, { sources, liars })
  const names = namesIn(feed)
  const signed = rememberOwn(developmentKeys(seed, names))
  const extras = { beginning: adoption(seed, names), feed, sign: signingBy(signed.keyring, seed) }
  return { day, script: scriptOf(day, accounts, seed, extras), signed, feed }
}

/** The same demo where all its sources are honest. */
export const honestly = (asked: Day, { accounts, seed, sources, maxSettle }: DemoAsked): Honest => {
  const day = onIndices(asked)
  const feed = feedOf(day, seed, { sources, liars: 0 })
  const names = namesIn(feed)
  const script = scriptOf(day, accounts, seed, { beginning: adoption(seed, names), feed })
  return { script, feed, keyring: developmentKeys(seed, names), bar_s: day.bar_s, maxSettle }
}

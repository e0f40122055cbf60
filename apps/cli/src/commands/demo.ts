import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { atOf } from '@novation/audit'
import { statementOf } from '@novation/clearing'
import { formatTime, type LedgerEvent, oneOf, streamOf, wholeNumber } from '@novation/events'
import { type EventStore, historyOf } from '@novation/platform'
import { playBeside } from '../demo/beside'
import { type Day, type Moment, priceOf } from '../demo/day'
import { describeEnding, type Ending, endingSummary } from '../demo/ending'
import type { Feed } from '../demo/feed'
import { madeDay } from '../demo/made-day'
import { paced } from '../demo/paced'
import { type PriceTally, priceTeller } from '../demo/price-tally'
import { assertPriced } from '../demo/priced'
import { dayOfFile } from '../demo/prices/price-file'
import { demoReactors } from '../demo/reactors'
import { booksTeller } from '../demo/report-options'
import type { MadePrices } from '../demo/report-prices'
import { demoPool, type Script } from '../demo/script'
import { type Tally, teller } from '../demo/tally'
import { whileWatched } from '../demo/watched'
import { demoOf, sourcesOf, warningOn } from '../demo/whole-demo'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { whileWriting } from '../ledger/writing'
import { answering } from '../live/settings'
import { counted } from '../report/amounts'
import { progress } from '../report/progress'
import { type RunOptions, type RunResult, runMesh } from '../run/run-mesh'
import { defaulted, optional } from '../settings/flag'
import { maxSettle, output, toggle } from '../settings/shared'
import { PathText } from '../settings/texts'
import { subcommand } from '../subcommand'
import type { World } from '../world'

/** A ledger that holds anything but the beginning of this very demo is left alone. */
const assertOwn = async (store: EventStore, { name }: Script, directory: string): Promise<void> => {
  for await (const { metadata } of historyOf(store, demoPool, 0)) {
    if (metadata.command?.id === `${name}-1`) return
    throw new Failure({
      id: 'ledger-not-empty',
      exit: exitCodes.failed,
      what: `the ledger in ${directory} holds something else already`,
      why: 'a demo goes on only where the same demo (prices, accounts and seed) stopped',
      remedy: 'name another folder with --ledger, or leave --ledger out',
    })
  }
}

const folderFor = (given: string | undefined, world: World): string =>
  given ?? mkdtempSync(join(world.temporaryFolder, 'novation-demo-'))

/** The moment of the lowest price. */
const worstOf = ({ market, moments }: Day): Moment | undefined =>
  moments.reduce<Moment | undefined>(
    (worst, moment) =>
      worst === undefined || Number(priceOf(moment, market.lead)) < Number(priceOf(worst, market.lead))
        ? moment
        : worst,
    undefined,
  )

const nextSteps = (directory: string, day: Day, { liquidated }: Tally): string => {
  const [account = 'trader-0001'] = liquidated
  return [
    'Try next:',
    `  npx novation solvency --ledger=${directory} --at=@${formatTime(worstOf(day)?.at ?? 0)}`,
    `  npx novation explain --ledger=${directory} ${account}`,
    `  npx novation verify --ledger=${directory}`,
    '',
  ].join('\n')
}

export const demo = subcommand({
  name: 'demo',
  summary: 'A market crash through the whole clearinghouse: calls, auctions, the default waterfall.',
  operands: [],
  flags: {
    prices: optional('FILE', PathText, 'a price path: CSV, plain or gzip (default: a crash day made from the seed)'),
    accounts: defaulted('N', wholeNumber(20, 100_000), '1000', 'how many traders'),
    seed: defaulted(
      'S',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
      '1',
      'the same seed gives the same events, byte for byte',
    ),
    ledger: optional('DIR', PathText, 'where the ledger goes (default: a new temporary folder)'),
    sources: optional(
      'N',
      wholeNumber(0, 21),
      'so many sources sign what the prices are made of; 0: prices are told, unsigned (default: 7, and 2 lie; 0 with --portfolio or --identity=open)',
    ),
    liars: optional(
      'N',
      wholeNumber(0, 20),
      'so many of the sources lie; where it is said, the day is played once more with all of them honest, to see whom the liars have cost anything',
    ),
    identity: optional(
      'open|development',
      oneOf('open', 'development'),
      'development: all of it is signed, with keys that anybody can make from the seed; it takes longer (default where sources sign)',
    ),
    portfolio: toggle('with options: who makes their market is margined as a portfolio, others have sold them naked'),
    watch: toggle('plays it at a pace that can be followed, and answers over HTTP meanwhile and afterwards'),
    speed: defaulted('N', wholeNumber(1, 1_000_000), '600', 'with --watch: so many seconds of the ledger in one'),
    listen: answering.listen,
    maxSettle,
    output,
  },
  examples: [
    'novation demo',
    'novation demo --accounts=200 --seed=7 --ledger=.novation',
    'novation demo --sources=7 --liars=2',
    'novation demo --sources=0',
    'novation demo --portfolio',
    'novation demo --watch --speed=600',
    'novation demo --prices=btc-1m.csv.gz --output=json',
  ],
  run: async (given, _, world) => {
    const settings = { ...given, ...sourcesOf(given) }
    const asked = settings.prices === undefined ? madeDay(settings.seed) : await dayOfFile(settings.prices)
    const { day, script, signed, feed } = demoOf(asked, settings)
    const directory = folderFor(settings.ledger, world)
    const start = world.clock.now()
    await world.err.write(
      `demo: ${counted(settings.accounts, 'trader')}, ${day.origin}, ${counted(script.moments, 'moment')}${signed === undefined ? '' : ', signed with development keys'}; ledger in ${directory}\n`,
    )
    for (const note of day.notes) await world.err.write(`demo: ${settings.prices}: ${note}\n`)
    const warning = warningOn(settings)
    if (warning !== undefined) await world.err.write(`demo: ${warning}\n`)
    const { read, tally } = teller()
    const prices = feed === undefined ? undefined : priceTeller(feed)
    const books = settings.portfolio ? booksTeller() : undefined
    const hear = (event: LedgerEvent): void => {
      read(event)
      prices?.read(event)
    }
    const shown = progress(world, 'demo', 'commands', script.commands)
    const play = (store: EventStore, lines: Script['lines'], durable: RunOptions['durable']): Promise<RunResult> =>
      runMesh(lines, store, world, {
        pool: demoPool,
        reactors: demoReactors(day.bar_s, hear),
        keyring: signed?.keyring,
        verify: signed?.verify,
        maxSettle: settings.maxSettle,
        durable,
        turnedAway: ({ line, code, reason }) => world.err.write(`command ${line}: ${code}: ${reason}\n`),
        advanced: (line, so) => {
          if (so !== undefined) books?.look(so.pool)
          return shown.update(line, new Date(so?.pool.at ?? 0).toISOString())
        },
      })
    // It takes as long again; and whoever watches is answered meanwhile: nothing else is played then.
    const isCompared = given.liars !== undefined && given.liars > 0 && !settings.watch
    const beside = isCompared ? playBeside(asked, settings) : undefined
    const compare = async (by: Feed, tally: PriceTally): Promise<MadePrices> => {
      if (beside === undefined) return { feed: by, tally, honest: undefined }
      await world.err.write('demo: and the same with the liars honest, to see whom they have cost anything\n\n')
      return { feed: by, tally, honest: await beside.tally(world.clock, world.interrupted) }
    }
    const told = async ({ mesh, counts, interruptedAfter }: RunResult): Promise<ExitCode> => {
      await shown.finish()
      if (mesh === undefined || interruptedAfter !== undefined) {
        await world.err.write(
          `novation: interrupted after command ${interruptedAfter}; all of it is kept. Run the same command with --ledger=${directory} to go on.\n`,
        )
        return exitCodes.interrupted
      }
      const took_s = (world.clock.now() - start) / 1000
      await world.err.write(
        `demo: ${counted(counts.lines, 'command')} in, ${counted(mesh.pool.revision + 1, 'event')} out in ${took_s.toFixed(1)} s\n\n`,
      )
      assertPriced(tally())
      const ending: Ending = {
        tally: tally(),
        statement: statementOf(mesh.pool),
        head: mesh.pool.head,
        prices: feed === undefined || prices === undefined ? undefined : await compare(feed, prices.tally()),
        books: books && { books: books.tally(), tally: tally(), traders: settings.accounts },
      }
      await world.out.write(
        settings.output === 'json'
          ? `${JSON.stringify(endingSummary(ending))}\n`
          : `${describeEnding(ending)}${nextSteps(directory, day, ending.tally)}`,
      )
      return exitCodes.ok
    }
    const playIn = async (store: EventStore): Promise<ExitCode> => {
      await assertOwn(store, script, directory)
      if (!settings.watch) return told(await play(store, script.lines, async () => undefined))
      const looked = { store, pool: demoPool, ledger: directory, eventstore: undefined }
      const { clock, interrupted: stop } = world
      const last = await store.last(streamOf(demoPool))
      const since = last === undefined ? Number.NEGATIVE_INFINITY : atOf(last)
      const lines = paced(script.lines, { speed: settings.speed, clock, stop, since })
      return whileWatched(looked, settings.listen, world, async (durable) => told(await play(store, lines, durable)))
    }
    try {
      return await whileWriting(directory, playIn)
    } finally {
      await beside?.close()
    }
  },
})

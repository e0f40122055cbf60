import { statementOf } from '@novation/clearing'
import { wholeNumber } from '@novation/events'
import { exitCodes } from '../exit-code'
import { readKeyring } from '../identity/keyring'
import { whileWriting } from '../ledger/writing'
import { counted } from '../report/amounts'
import { eventLine } from '../report/event-line'
import { progress } from '../report/progress'
import { describeStatement } from '../report/statement'
import { commandLinesOf } from '../run/command-lines'
import { type Input, openInput } from '../run/open-input'
import { serviceReactors } from '../run/reactors'
import { type RunResult, runMesh } from '../run/run-mesh'
import { defaulted, optional } from '../settings/flag'
import { keys, ledger, maxSettle, output, toggle } from '../settings/shared'
import { Text, TimeOfDay } from '../settings/texts'
import { subcommand } from '../subcommand'

/** Counts what has been read, for the progress. */
const measured = (input: Input, read: (bytes: number) => void): AsyncIterable<Buffer> =>
  (async function* () {
    let bytes = 0
    for await (const chunk of input.chunks) {
      bytes += chunk.length
      read(bytes)
      yield chunk
    }
  })()

const summary = ({ counts, mesh }: RunResult, directory: string): string =>
  [
    `run: ${counted(counts.lines, 'line')}: ${counts.accepted} accepted, ${counts.rejected} rejected, `,
    `${counts.repeated} done before, ${counts.refused} refused, ${counts.malformed} malformed; `,
    `${counted(counts.events, 'event')} added`,
    mesh === undefined || mesh.pool.revision < 0 ? '' : `, ${directory} stands at revision ${mesh.pool.revision}`,
    '\n',
  ].join('')

export const run = subcommand({
  name: 'run',
  summary: 'Runs commands through the whole mesh, every service reacting until nothing is left to do.',
  operands: ['[COMMANDS.ndjson]'],
  flags: {
    ledger,
    output,
    events: toggle('print every event that is added, as NDJSON, before the statement'),
    until: optional('TIME', TimeOfDay, 'after the last line, let time pass up to here'),
    maxSettle,
    jump: defaulted('DAYS', wholeNumber(0, 400_000), '31', 'how far a line may be ahead of the ledger’s time'),
    pool: optional('NAME', Text, 'the pool; otherwise the first command names it'),
    keys,
  },
  examples: [
    'novation run commands.ndjson --ledger=.novation',
    'novation run - --ledger=.novation --events --output=json < commands.ndjson',
    'novation run commands.ndjson --ledger=.novation --until=2020-03-14T00:00:00Z',
    'novation run commands.ndjson --ledger=.novation --keys=keys',
  ],
  run: async (settings, [file], world) => {
    const input = openInput(file, world)
    const shown = progress(world, 'run', 'bytes', input.size_bytes)
    let read = 0
    const result = await whileWriting(settings.ledger, (store) =>
      runMesh(
        commandLinesOf(
          measured(input, (bytes) => {
            read = bytes
          }),
        ),
        store,
        world,
        {
          pool: settings.pool,
          reactors: serviceReactors,
          keyring: settings.keys === undefined ? undefined : readKeyring(settings.keys),
          maxSettle: settings.maxSettle,
          jump_ms: settings.jump * 86_400_000,
          until: settings.until,
          durable: async (events) => {
            if (settings.events) await world.out.write(events.map(eventLine).join(''))
          },
          turnedAway: ({ line, code, reason }) => world.err.write(`line ${line}: ${code}: ${reason}\n`),
          advanced: (line) => shown.update(read, `line ${line}`),
        },
      ),
    )
    await shown.finish()
    await world.err.write(summary(result, settings.ledger))
    if (result.interruptedAfter !== undefined) {
      await world.err.write(
        `novation: interrupted after line ${result.interruptedAfter}; all of it is kept. Run the same command again to go on.\n`,
      )
      return exitCodes.interrupted
    }
    if (result.mesh !== undefined) {
      const statement = statementOf(result.mesh.pool)
      await world.out.write(
        settings.output === 'json' ? `${JSON.stringify(statement)}\n` : describeStatement(statement),
      )
    }
    return result.counts.malformed > 0 ? exitCodes.failed : exitCodes.ok
  },
})

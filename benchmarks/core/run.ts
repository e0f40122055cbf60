import { parseArgs } from 'node:util'
import type { Row } from '../table/row'
import { asText } from '../table/text'
import * as crashing from './crashing'
import * as deciding from './deciding'
import * as outage from './outage'
import * as threading from './threading'
import * as ticking from './ticking'
import * as verifying from './verifying'

/**
 * What the core costs, in CPU: deciding and folding against bare `JSON.parse` of the same events, verifying, a calm tick,
 * a fall and a feed that is away against the number of accounts, a crash in which the whole waterfall runs, two threads.
 *
 *   npm run bench:core -- [--accounts=200,20000] [--commands=30000] [--events=100000] [--ticks=1000,10000,100000]
 *     [--outage=1000] [--crash=1000,4000,10000] [--threads=60000] [--output=json]
 *
 * An empty list leaves a part out. Each row says what it is to reach, and whether it does.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '200,20000' },
    commands: { type: 'string', default: '30000' },
    events: { type: 'string', default: '100000' },
    ticks: { type: 'string', default: '1000,10000,100000' },
    outage: { type: 'string', default: '1000' },
    crash: { type: 'string', default: '1000,4000,10000' },
    threads: { type: 'string', default: '60000' },
    output: { type: 'string', default: 'table' },
  },
})

const sizes = (text: string): readonly number[] => text.split(',').filter(Boolean).map(Number)

const parts: readonly (() => readonly Row[] | Promise<readonly Row[]>)[] = [
  () => deciding.measure(sizes(values.accounts), Number(values.commands)),
  () => verifying.measure(sizes(values.events)),
  () => ticking.measure(sizes(values.ticks)),
  () => outage.measure(sizes(values.outage)),
  () => crashing.measure(sizes(values.crash)),
  () => (values.threads === '' ? [] : threading.measure(Number(values.threads))),
]

const main = async (): Promise<void> => {
  const rows: Row[] = []
  for (const measured of parts) rows.push(...(await measured()))
  process.stdout.write(values.output === 'json' ? `${JSON.stringify(rows)}\n` : asText(rows))
}

void main()

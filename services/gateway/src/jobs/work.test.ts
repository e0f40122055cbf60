import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSpool } from '@novation/platform'
import { tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { workOn } from './work'

const folder = mkdtempSync(join(tmpdir(), 'novation-work-'))
const house = openHouse()
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

it('work is on history up to the event at which it was asked for, whatever has come since', async () => {
  await house.happen(...market, tick('4300'), tick('4200'), tick('4100'))
  const head = house.book.revision - 2
  const work = workOn({ store: house.store, snapshots: '/nowhere', reacting: () => [], spool: openSpool(folder) })
  const ended = await work(
    { id: 'j-1', pool: 'main', head, asked: { kind: 'export', output: 'jsonl' } },
    () => undefined,
    new AbortController().signal,
  )
  expect(ended).toMatchObject({ tag: 'done' })
  const [name = ''] = readdirSync(folder)
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).revision)).toEqual(Array.from({ length: head + 1 }, (_, i) => i))
})

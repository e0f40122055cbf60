import type { Command, LedgerEventOf } from '@novation/events'
import { systemScheduler } from '@novation/platform'
import { type RealMesh, until } from '../../../apps/cli/src/live/kit/real-mesh'
import { asking, bidder, price, tick } from '../house'
import { now_ms } from '../measure'
import type { Feed, Heard } from './feed'

/** Milliseconds, one for each fill. */
export interface Crash {
  /** From the price being due until its fill is read back from Kafka. */
  readonly sentToLiquidated: readonly number[]
  /** From its PriceTick being read from Kafka until its fill is. */
  readonly tickToLiquidated: readonly number[]
  /** From each price being due until its PriceTick is read from Kafka. */
  readonly sentToTick: readonly number[]
  /** Fills whose price was none of these. */
  readonly unexplained: number
}

/** A price so often. */
const period_ms = 100
/** When nothing has been heard for so long, and all has, the crash has come to its end. */
const still_ms = 10_000
const patience_ms = 600_000

const liquidationOf = (body: string): string =>
  (JSON.parse(body) as LedgerEventOf<'LiquidationStarted'>).data.liquidation

const wantsBid = ({ type }: Heard): boolean => type === 'LiquidationStarted'

/** Bids for all of whatever is put up, at once: what is measured is the mesh, not a keeper's patience. */
const bidOn = ({ body, revision, correlationId }: Heard, pool: string): Command => {
  const liquidation = liquidationOf(body())
  return {
    id: `bid-${revision}`,
    type: 'BidLiquidation',
    pool,
    actor: `keeper:${bidder}`,
    correlationId,
    data: { liquidation, bidder, fraction: '1' },
  } as unknown as Command
}

/**
 * Takes the price down to where every weak account has been liquidated, ten times a second, whether the mesh keeps up or
 * not: a price that is sent late counts from when it was due. What a price sets off carries its id as correlation.
 */
export const measureCrash = async (mesh: RealMesh, feed: Feed, seconds: number): Promise<Crash> => {
  const due = new Map<string, number>()
  const ticked = new Map<string, number>()
  const [sentToLiquidated, tickToLiquidated, sentToTick]: [number[], number[], number[]] = [[], [], []]
  let unexplained = 0
  let heardAt = now_ms()
  const sending: Promise<void>[] = []

  const note = ({ type, commandId, correlationId, at_ms }: Heard): void => {
    if (type === 'PriceTick') {
      ticked.set(commandId, at_ms)
      const from = due.get(commandId)
      if (from !== undefined) sentToTick.push(at_ms - from)
    }
    if (type !== 'Liquidated') return
    const [from, tickAt] = [due.get(correlationId), ticked.get(correlationId)]
    if (from === undefined || tickAt === undefined) {
      unexplained += 1
      return
    }
    sentToLiquidated.push(at_ms - from)
    tickToLiquidated.push(at_ms - tickAt)
  }
  const quit = feed.listen((events) => {
    heardAt = now_ms()
    events.forEach(note)
    const bids = events.filter(wantsBid).map((event) => bidOn(event, mesh.pool))
    if (bids.length > 0) sending.push(mesh.send(...bids))
  })

  const ask = asking(mesh.pool, 'crash')
  const steps = Math.round((seconds * 1000) / period_ms)
  const began = now_ms()
  for (let step = 1; step <= steps; step += 1) {
    const dueAt = began + step * period_ms
    await systemScheduler.sleep(Math.max(0, dueAt - now_ms()))
    const to = price.start + ((price.end - price.start) * step) / steps
    const command = tick(ask, systemScheduler.now(), to)
    due.set(command.id, dueAt)
    sending.push(mesh.send(command))
  }
  await until(
    async () => now_ms() - heardAt > still_ms && feed.revision() === (await mesh.revision()),
    () => `the crash does not end: ${sentToLiquidated.length} liquidations so far`,
    patience_ms,
  )
  await Promise.all(sending)
  quit()
  return { sentToLiquidated, tickToLiquidated, sentToTick, unexplained }
}

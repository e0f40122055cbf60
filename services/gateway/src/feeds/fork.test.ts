import { streamOf, topics } from '@novation/events'
import { eventMessage } from '@novation/platform'
import { market, openHouse } from '../kit/house'
import { listen } from '../kit/sse'

/** One event of the ledger as the bus of another history would have it: in the same place, and not the same. */
const forged = async (house: ReturnType<typeof openHouse>, revision: number) => {
  for await (const stored of house.store.read(streamOf('main'), revision)) {
    const { value, ...message } = eventMessage(stored)
    return { ...message, value: value.toString().replaceAll(stored.hash, 'f'.repeat(64)) }
  }
  throw new Error('no such event')
}

describe('where history is not what was told', () => {
  it('who follows is told to begin anew, and the gateway ends', async () => {
    const house = openHouse()
    await house.happen(...market)
    const base = `${await house.serve()}/main`
    const kinds: string[] = []
    const ended = listen(`${base}/feed`, {}, ({ data }) => {
      kinds.push(data.kind)
      return data.kind === 'resync'
    })
    while (!kinds.includes('caught-up')) await fetch(base).then(({ status }) => expect(status).toBe(200))
    const published = await house.bus.publish(topics.events, [await forged(house, house.book.revision)])()
    expect(published._tag).toBe('Right')
    expect(await ended).toBe('enough')
    await expect(house.close()).rejects.toMatchObject({ name: 'Halted', reason: 'fork' })
  })
})

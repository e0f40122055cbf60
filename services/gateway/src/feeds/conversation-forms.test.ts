import { openSocket, tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { opForms, toldForms } from './conversation-forms'

const house = openHouse()
afterAll(() => house.close())

describe('what is said in a conversation', () => {
  it('is of the forms that are told of it, every kind of it', async () => {
    await house.happen(...market, tick('4300'))
    const url = new URL(await house.serve())
    const socket = openSocket(`ws://${url.host}/v1/feed`)
    await socket.opened
    const ops = [
      { op: 'subscribe', channel: 'main/events', from: 'start', filter: { type: 'PriceTick' } },
      { op: 'subscribe', channel: 'main/summary' },
      { op: 'subscribe', channel: 'main/nothing' },
      { op: 'subscribe', channel: 'main/calls', from: '1.000000000000' },
      { op: 'unsubscribe', channel: 'main/summary' },
    ]
    for (const op of ops) {
      expect(opForms.some((form) => form.is(op))).toBe(true)
      socket.say(JSON.stringify(op))
    }
    const kinds = new Set<string>()
    const expected = ['subscribed', 'unsubscribed', 'refused', 'event', 'snapshot', 'caught-up', 'resync']
    while (!expected.every((kind) => kinds.has(kind))) {
      const said = JSON.parse((await socket.next()) ?? '{}')
      const fits = toldForms.filter((form) => form.is(said)).map(({ name }) => name)
      expect([said, fits]).toEqual([said, [expect.anything()]])
      kinds.add(said.kind)
    }
    socket.kill()
  })
})

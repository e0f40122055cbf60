import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { openSockets, parted } from './sockets'

describe('the connections of a client that has parted', () => {
  it('end, those too that the client lost sight of, which would keep the process; and no other is opened', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const sockets = openSockets()
    const connected = jest.fn()
    const open = () => sockets.open({ host: '127.0.0.1', port, ssl: undefined as never, onConnect: connected })

    const [one, early] = [open(), open()]
    early.on('error', () => undefined)
    early.destroy()
    await once(one, 'connect')
    const ended = once(one, 'error')
    sockets.end()
    expect(await ended).toEqual([new Error(parted)])
    expect(one.destroyed).toBe(true)
    expect(connected).toHaveBeenCalledTimes(1)
    expect(open).toThrow(parted)
    server.close()
    await once(server, 'close')
  })
})

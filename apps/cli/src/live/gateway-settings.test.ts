import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { checkGateway, type GatewayLife, niceOf } from './gateway-settings'

const loopback = { host: '127.0.0.1', port: 8420 }
const everywhere = { host: '0.0.0.0', port: 8420 }
const real = { kafka: ['kafka:9092'] }
const embedded = { kafka: undefined }
const life = (more: Partial<GatewayLife>): GatewayLife => ({
  listen: loopback,
  tokens: undefined,
  public: false,
  checkpoints: undefined,
  tls: undefined,
  behindProxy: false,
  origin: undefined,
  cors: undefined,
  instance: undefined,
  ...more,
})
const tls = { cert: 'cert.pem', key: 'key.pem' }

describe('a gateway', () => {
  it('stands back where it is by itself, and never with those who decide', () => {
    expect(niceOf(['gateway'])).toBe(10)
    for (const names of [['ledger'], ['reactors'], ['ledger', 'reactors', 'gateway']]) expect(niceOf(names)).toBe(0)
  })

  it.each([
    ['embedded, on this machine alone', {}, embedded],
    ['with tokens, on this machine alone', { tokens: 't' }, real],
    ['with tokens and TLS, anywhere', { tokens: 't', listen: everywhere, tls }, real],
    ['with tokens behind a proxy, anywhere', { tokens: 't', listen: everywhere, behindProxy: true }, embedded],
  ])('begins %s', (_, more, where) => expect(() => checkGateway(life(more), where)).not.toThrow())

  it.each([
    ['without tokens where it may be reached from elsewhere', { listen: everywhere, tls }, embedded],
    ['without tokens before the real parts', {}, real],
    ['for everybody without tokens, where everybody sees everything', { public: true }, embedded],
    ['in the clear over a network', { tokens: 't', listen: everywhere }, embedded],
    ['on an address that only looks like this machine', { listen: { host: '127.evil.example', port: 1 } }, embedded],
  ])('does not begin %s', (_, more, where) => {
    try {
      checkGateway(life(more), where)
      throw new Error('it begins')
    } catch (error) {
      expect(error).toBeInstanceOf(Failure)
      expect((error as Failure).explanation.exit).toBe(exitCodes.usage)
    }
  })
})

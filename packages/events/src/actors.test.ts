import { isService, nameOf, type Role, roleOf, roles, type Sender, serviceRoles } from './actors'
import { type CommandType, commandData } from './commands'
import { Actor } from './text'

const everybody = Object.keys(roles) as readonly Role[]

/** As the protocol has it: each command, and the roles that may send it. */
const senders: Readonly<Record<CommandType, readonly Role[]>> = {
  RegisterAsset: ['operator'],
  SetAssetParameters: ['operator'],
  ListInstrument: ['operator'],
  SetInstrumentParameters: ['operator'],
  SetInstrumentState: ['operator'],
  DelistInstrument: ['operator'],
  SetPoolParameters: ['operator'],
  FundInsurance: ['operator'],
  SettleInstrument: ['operator', 'oracle', 'clock'],
  BustTrade: ['operator'],
  OpenAccount: ['operator', 'venue'],
  Deposit: ['operator', 'venue'],
  Withdraw: ['operator', 'venue', 'trader', 'keeper'],
  ClearTrade: ['operator', 'venue'],
  BidLiquidation: ['operator', 'venue', 'trader', 'keeper'],
  SetIndex: ['operator'],
  PublishQuotes: ['operator', 'oracle', 'source'],
  PublishObservations: ['operator', 'oracle', 'source'],
  ReportEquivocation: everybody,
  BondSource: ['operator'],
  ReleaseBond: ['operator'],
  PublishPrice: ['operator', 'oracle'],
  PayFunding: ['operator', 'oracle'],
  SetRiskModel: ['operator'],
  PublishForward: ['operator', 'oracle'],
  PublishVolatility: ['operator', 'oracle'],
  PublishCurve: ['operator', 'oracle'],
  SettleExpiry: ['operator', 'clock'],
  SettleVariation: ['operator', 'clock'],
  CallMargin: ['margin'],
  CloseCall: ['margin'],
  CallDebit: ['margin'],
  CloseDebit: ['margin'],
  StartLiquidation: ['liquidator'],
  EndLiquidation: ['liquidator'],
  Deleverage: ['liquidator'],
  CloseOut: ['liquidator'],
  CoverLoss: ['insurance'],
  PassTime: ['clock'],
  SetConsent: ['trader', 'keeper'],
  CancelOrder: ['trader', 'keeper'],
  AdoptIdentity: ['operator'],
  RenewDomain: ['operator'],
  RegisterKey: everybody,
  RevokeKey: everybody,
}

describe('who may send what', () => {
  it.each(Object.entries(senders))('of %s: %j', (type, expected) =>
    expect(Object.entries(roles).flatMap(([role, may]) => (may.some((each) => each === type) ? [role] : []))).toEqual(
      expected,
    ),
  )

  it('lets somebody send every command', () =>
    expect([...new Set(Object.values(roles).flat())].sort()).toEqual(Object.keys(commandData).sort()))

  it('gives the commands of a service to that service alone, but what everybody may send, and settlements', () => {
    for (const role of serviceRoles) {
      const others = Object.entries(roles).flatMap(([name, may]) => (name === role ? [] : may))
      const shared = others.filter((type) => roles[role].includes(type))
      const settles = role === 'clock' ? ['SettleExpiry', 'SettleInstrument', 'SettleVariation'] : []
      expect([...new Set(shared)].sort()).toEqual(['RegisterKey', 'ReportEquivocation', 'RevokeKey', ...settles])
    }
  })

  it('lets the operator do all that venue and oracle may', () =>
    expect(roles.operator).toEqual(expect.arrayContaining([...roles.venue, ...roles.oracle])))

  it('knows no role by inheritance', () => {
    expect(Actor.is('constructor')).toBe(true)
    expect(roleOf('constructor')).toBeUndefined()
    expect(roleOf('__proto__')).toBeUndefined()
  })

  it('knows no role that is misspelt, and the compiler says so', () => {
    // @ts-expect-error: no such role
    const role: Role = 'liquidater'
    // @ts-expect-error: nor has a sender one
    const sender: Sender = 'keepr:backstop'
    // @ts-expect-error: nor can an actor be of it
    const isOracle = roleOf('oracle') === 'orakle'
    expect([roleOf(role), roleOf(sender), isOracle]).toEqual([undefined, undefined, false])
  })

  it('tells the services of the mesh from everybody else, whatever their names', () => {
    expect(['margin', 'margin:0', 'clock', 'insurance', 'liquidator', 'gateway'].filter(isService)).toHaveLength(6)
    expect(['operator', 'keeper:margin', 'venue', 'marginal'].filter(isService)).toEqual([])
  })

  it('reads the name behind the role', () => {
    expect([roleOf('keeper:backstop'), nameOf('keeper:backstop')]).toEqual(['keeper', 'backstop'])
    expect([roleOf('keeper:a:b'), nameOf('keeper:a:b')]).toEqual(['keeper', 'a:b'])
    expect([roleOf('venue'), nameOf('venue')]).toEqual(['venue', undefined])
  })
})

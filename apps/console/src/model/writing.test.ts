import type { Described, Pool, Rehearsed, Sent, Wish } from '@novation/client'
import { type Draft, lengthen, readDraft } from './draft'
import { commandForm, type Field } from './schema'
import { sent, tried } from './sending'

const document: Described = {
  components: {
    schemas: {
      Id: { type: 'string', pattern: '^[a-z]{1,9}$', description: 'a short name' },
      Seconds: { type: 'integer', minimum: 0, maximum: 60 },
      Try: {
        description: 'Tries everything.',
        properties: {
          type: { const: 'Try' },
          data: {
            type: 'object',
            required: ['account', 'margin'],
            properties: {
              account: { $ref: '#/components/schemas/Id' },
              kind: { enum: ['a', 'b'] },
              wait: { $ref: '#/components/schemas/Seconds' },
              sure: { type: 'boolean' },
              margin: {
                type: 'object',
                required: ['model', 'tiers'],
                properties: {
                  model: { const: 'tiered' },
                  tiers: {
                    type: 'array',
                    items: { type: 'object', required: ['up'], properties: { up: { type: 'string' } } },
                  },
                },
              },
              more: { type: 'object', properties: { deep: { $ref: '#/components/schemas/Seconds' } } },
            },
          },
        },
      },
    },
  },
}

const form = commandForm(document, 'Try')
const read = (draft: Draft) => readDraft(form?.fields ?? ([] as Field[]), draft)

describe('the form of a command', () => {
  it('is made from its schema, and there is none of what is no command', () => {
    expect(form?.description).toBe('Tries everything.')
    expect(form?.fields.map(({ name, isNeeded, form: { is } }) => [name, isNeeded, is])).toEqual([
      ['account', true, 'text'],
      ['kind', false, 'choice'],
      ['wait', false, 'whole'],
      ['sure', false, 'yes-no'],
      ['margin', true, 'group'],
      ['more', false, 'group'],
    ])
    expect(commandForm(document, 'Id')).toBeUndefined()
    expect(commandForm(document, 'Nothing')).toBeUndefined()
  })

  it('says what is needed, and sends nothing that was left empty', () => {
    expect(read({})).toEqual({ data: { margin: { model: 'tiered', tiers: [] } }, wrong: { account: 'needed' } })
    expect(read({ account: 'alice', kind: '' })).toEqual({
      data: { account: 'alice', margin: { model: 'tiered', tiers: [] } },
      wrong: {},
    })
  })

  it('says of each value what is wrong with it, by its path', () => {
    const tiers = lengthen(lengthen({}, 'margin.tiers', 1), 'margin.tiers', 1)
    expect(
      read({ ...tiers, account: 'NOT', kind: 'c', wait: '61', 'margin.tiers.0.up': '5', 'more.deep': 'x' }).wrong,
    ).toEqual({
      account: 'a short name',
      kind: 'one of a, b',
      wait: 'a whole number from 0 to 60',
      'margin.tiers.1.up': 'needed',
      'more.deep': 'a whole number from 0 to 60',
    })
  })

  it('tells whole numbers, answers and lists as what they are, and amounts as texts', () => {
    const draft = {
      ...lengthen({}, 'margin.tiers', 1),
      account: ' bob ',
      wait: '7',
      sure: 'true',
      'margin.tiers.0.up': '10.50',
      'more.deep': '1',
    }
    expect(read(draft)).toEqual({
      data: {
        account: 'bob',
        wait: 7,
        sure: true,
        margin: { model: 'tiered', tiers: [{ up: '10.50' }] },
        more: { deep: 1 },
      },
      wrong: {},
    })
    expect(lengthen(lengthen({}, 'x', -1), 'x', -1)).toEqual({ x: '0' })
  })
})

describe('a command', () => {
  const wish = { id: 'w-1', type: 'Deposit', actor: 'venue', data: {} } as unknown as Wish
  const line = (more: object) => more as Pick<Pool, 'dryRun' | 'send' | 'outcome'>

  it('is tried with all that follows, and who does not answer has refused nothing for good', async () => {
    const found = { outcome: 'accepted' } as Rehearsed
    const dryRun = jest.fn(async () => found)
    expect(await tried(line({ dryRun }), wish)).toEqual({ is: 'tried', wish, found })
    expect(dryRun).toHaveBeenCalledWith(wish, { settle: true })
    const away = line({ dryRun: async () => Promise.reject(new Error('nobody is there')) })
    expect(await tried(away, wish)).toMatchObject({
      found: { outcome: 'refused', why: { code: 'unavailable', detail: 'nobody is there' } },
    })
  })

  it('that is on its way is followed to its outcome, also where the gateway is away meanwhile', async () => {
    const outcomes = [
      async () => ({ data: { outcome: 'waiting' } }),
      async () => Promise.reject(new Error('away')),
      async () => ({ data: { outcome: 'accepted', revision: 9, events: 2 } }),
    ]
    const told: unknown[] = []
    const course = await sent(
      line({
        send: async () => ({ id: 'w-1', outcome: 'waiting' }),
        outcome: async () => outcomes.shift()?.(),
      }),
      wish,
      async () => undefined,
      (one) => told.push(one.is),
    )
    expect(course).toEqual({
      is: 'sent',
      wish,
      outcome: { id: 'w-1', outcome: 'accepted', revision: 9, events: 2, hit: false },
    })
    expect(told).toEqual(['sent', 'sent', 'sent'])
  })

  it('that was turned down says why, and one that was decided at once is not asked about', async () => {
    const rejected: Sent = {
      id: 'w-1',
      outcome: 'rejected',
      why: { code: 'over-cap', detail: '' },
      revision: 4,
      hit: false,
    }
    const send = async () => rejected
    expect(
      await sent(
        line({ send }),
        wish,
        async () => undefined,
        () => undefined,
      ),
    ).toEqual({
      is: 'sent',
      wish,
      outcome: rejected,
    })
  })
})

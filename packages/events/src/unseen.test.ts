import { unseen } from './unseen'

describe('what an object carries unseen', () => {
  it('is there for who put it, and nobody else', () => {
    const [one, other] = [unseen<string>(), unseen<string>()]
    const event = { id: 'a' }
    one.put(event, 'text')
    expect([one.of(event), other.of(event), Reflect.ownKeys(event)]).toEqual(['text', undefined, ['id']])
    expect(event).toStrictEqual({ id: 'a' })
  })

  it('is in no copy', () => {
    const text = unseen<string>()
    const event = { id: 'a' }
    text.put(event, 'text')
    expect([text.of({ ...event }), text.of(structuredClone(event))]).toEqual([undefined, undefined])
  })

  it('is the last that was put', () => {
    const text = unseen<string>()
    const event = {}
    text.put(event, 'first')
    text.put(event, 'last')
    expect(text.of(event)).toBe('last')
  })

  it('is not put where nothing can be added', () => {
    const text = unseen<string>()
    const event = Object.freeze({ id: 'a' })
    text.put(event, 'text')
    expect(text.of(event)).toBeUndefined()
  })
})

import { developmentKey, openVerifier } from '@novation/events'
import { remembering } from './remembering'

const [ann, ben] = [developmentKey('seed', 'trader:ann'), developmentKey('seed', 'trader:ben')]
const signature = ann.sign('yes')

describe('a signature that was checked', () => {
  it('is not checked again', () => {
    let checks = 0
    const verify = remembering((...asked) => {
      checks += 1
      return openVerifier()(...asked)
    })
    expect([verify(ann.key, 'yes', signature), verify(ann.key, 'yes', signature), checks]).toEqual([true, true, 1])
  })

  it('holds for no other text and no other key, whichever was asked for before', () => {
    const verify = remembering(openVerifier())
    const asked = [
      [ann.key, 'yes'],
      [ann.key, 'no'],
      [ben.key, 'yes'],
      [ann.key, 'yes'],
    ] as const
    expect(asked.map(([key, text]) => verify(key, text, signature))).toEqual([true, false, false, true])
  })
})

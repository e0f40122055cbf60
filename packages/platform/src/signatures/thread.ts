import { openVerifier } from '@novation/events'
import { answerThread } from '../process/thread'
import { claimsIn } from './parcel'

answerThread(() => {
  const verify = openVerifier()
  return async (parcel: readonly string[]): Promise<readonly boolean[]> =>
    claimsIn(parcel).map(({ key, text, signature }) => verify(key, text, signature))
})

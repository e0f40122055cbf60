import { type Claim, openVerifier } from '@novation/events'
import { answerThread } from '../process/thread'

answerThread(() => {
  const verify = openVerifier()
  return async (claims: readonly Claim[]): Promise<readonly boolean[]> =>
    claims.map(({ key, text, signature }) => verify(key, text, signature))
})

import { startEventStoreDb } from '@novation/testing'
import { answersAsTheFolder } from './kit/answers-as-the-folder'

jest.setTimeout(120_000)

answersAsTheFolder('EventStoreDB', async () => {
  const { connectionString, stop } = await startEventStoreDb()
  return { connectionString, pool: 'main', close: stop }
})

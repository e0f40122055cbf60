import { type Command, topics } from '@novation/events'
import type { Message } from '../bus/bus'
import { bury, type Progress, type Undertaker } from './bury'
import { publishSurely, type Unpublished } from './publish-surely'

const commandMessage = (command: Command): Message => ({
  key: command.pool,
  value: JSON.stringify(command),
  headers: { 'content-type': 'application/json' },
})

const unsent = ({ message, reason }: Unpublished) => ({
  record: { ...message, topic: topics.commands },
  reason: { code: 'refused', text: reason },
})

/**
 * Sends what a reactor asks; done once all of it is on the bus, which `asked` hears. What the bus refuses for good is set
 * aside as a dead letter and does not hold up the rest: it has no outcome, so the reactor asks it anew in time.
 */
export const sendAsks = async (
  undertaker: Undertaker,
  commands: readonly Command[],
  asked: (sent: readonly Command[]) => void,
  signal: AbortSignal,
): Promise<Progress> => {
  const messages = commands.map(commandMessage)
  const [first, ...rest] = messages
  if (first === undefined) return 'done'
  const { bus, scheduler } = undertaker
  const published = await publishSurely(bus, scheduler, topics.commands, [first, ...rest], signal)
  switch (published.tag) {
    case 'sent':
      asked(commands)
      return 'done'
    case 'stopped':
      return 'stopped'
    case 'refused': {
      const refused = new Set<Message | undefined>(published.refused.map(({ message }) => message))
      const sent = commands.filter((_, i) => !refused.has(messages[i]))
      if (sent.length > 0) asked(sent)
      return bury(undertaker, published.refused.map(unsent), signal)
    }
  }
}

import type { Wish } from '@novation/client'
import { useEffect, useState } from 'preact/hooks'
import { type Draft, readDraft } from '../model/draft'
import { type CommandForm, commandForm } from '../model/schema'
import { type Course, sent, tried } from '../model/sending'
import { answerTo, description, goLive, place, pool, who } from '../model/session'
import { Card, Empty } from '../parts/card'
import { Consequences } from '../parts/consequences'
import { Fields } from '../parts/fields'
import { To } from '../parts/go'
import { Outcome, Reason } from '../parts/outcome'
import { words } from '../say/happened'
import { newId, pause } from '../world'

const rest_ms = 500

/** Names that a field may want, by what it is called. */
const knownNames = (name: string): readonly string[] => {
  const prices = answerTo('prices', { limit: 1000 }).data?.items ?? []
  if (name === 'instrument') return prices.flatMap(({ instrument }) => instrument ?? [])
  if (name === 'liquidation')
    return (answerTo('liquidations', { limit: 1000 }).data?.items ?? []).map(({ liquidation }) => liquidation)
  if (name === 'asset' || name === 'settlementAsset') return [answerTo('summary', {}).data?.settlementAsset ?? 'USD']
  return []
}

/** What is known of the command in hand: what would come of it, or what has. */
const Told = ({ course, send }: { readonly course: Course; readonly send: () => void }) => {
  if (course.is === 'drafted')
    return <Empty>Try it first: what would come of it is shown here, and nothing is sent.</Empty>
  if (course.is === 'trying') return <Empty>Asking what would come of it …</Empty>
  if (course.is === 'sending') return <Empty>Sending …</Empty>
  if (course.is === 'sent') return <Outcome outcome={course.outcome} again={send} />
  const { found } = course
  if (found.outcome !== 'accepted')
    return (
      <p>
        <span class="danger">◆ It would be turned down.</span> <Reason why={found.why} />
      </p>
    )
  return (
    <>
      <Consequences rehearsal={found.rehearsal} />
      <p>
        <button type="button" class="main" onClick={send}>
          Send
        </button>{' '}
        <span class="dim">It is decided when it comes; what happened meanwhile counts.</span>
      </p>
    </>
  )
}

/** A command to be filled in, tried and sent. */
const Written = ({ form, own }: { readonly form: CommandForm; readonly own: string | undefined }) => {
  const first = Object.fromEntries(new URLSearchParams(place.value?.filter ?? ''))
  const [draft, setDraft] = useState<Draft>(first)
  const [actor, setActor] = useState(own ?? 'operator')
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const [course, setCourse] = useState<Course>({ is: 'drafted' })
  const change = (to: Draft): void => {
    setDraft(to)
    setCourse({ is: 'drafted' })
  }
  const attempt = async (): Promise<void> => {
    const read = readDraft(form.fields, draft)
    setWrong(read.wrong)
    if (Object.keys(read.wrong).length > 0) return
    setCourse({ is: 'trying' })
    const wish = { id: newId(), type: form.type, actor, data: read.data } as unknown as Wish
    setCourse(await tried(pool(), wish))
  }
  const send = async (): Promise<void> => {
    if (course.is !== 'tried' && course.is !== 'sent') return
    const { wish } = course
    setCourse({ is: 'sending', wish })
    setCourse(await sent(pool(), wish, () => pause(rest_ms), setCourse))
    goLive()
  }
  return (
    <div class="cards two">
      <Card title={words(form.type)} note={form.description}>
        <form
          class="command"
          onSubmit={(event: Event) => {
            event.preventDefault()
            void attempt()
          }}
        >
          {own === undefined ? (
            <div class="field">
              <label for="field-actor">sent as</label>
              <input
                id="field-actor"
                value={actor}
                onInput={(event: Event) => {
                  setActor((event.currentTarget as HTMLInputElement).value)
                  setCourse({ is: 'drafted' })
                }}
              />
            </div>
          ) : (
            <p class="dim">Sent as {own}.</p>
          )}
          <Fields fields={form.fields} under="" {...{ draft, wrong, change }} known={knownNames} />
          <button type="submit">Try it</button>
        </form>
      </Card>
      <Card title="What would come of it?" note="tried at the present, with all that every service then does">
        <div aria-live="polite" data-course={course.is} class="cards">
          <Told course={course} send={() => void send()} />
        </div>
      </Card>
    </div>
  )
}

const useForm = (type: string | undefined): CommandForm | string | undefined => {
  const [form, setForm] = useState<CommandForm | string>()
  useEffect(() => {
    setForm(undefined)
    if (type === undefined) return
    description().then(
      (document) => setForm(commandForm(document, type) ?? `there is no command ${type}`),
      (error: unknown) => setForm(error instanceof Error ? error.message : String(error)),
    )
  }, [type])
  return form
}

const Chosen = ({ type, own }: { readonly type: string; readonly own: string | undefined }) => {
  const form = useForm(type)
  if (form === undefined) return <Empty>Asking the gateway what this command says …</Empty>
  if (typeof form === 'string') return <p class="notice">This could not be answered: {form}</p>
  return <Written key={type} form={form} own={own} />
}

/** Sends commands, where whoever looks may: each as its schema has it, and none before its consequences were shown. */
export const Commands = ({ type }: { readonly type: string | undefined }) => {
  const data = who.value
  if (data === undefined) return <Empty>Asking what may be sent here …</Empty>
  if (data.commands.length === 0)
    return <p class="notice">Here one may look, and not send: this token or this gateway takes no commands.</p>
  return (
    <>
      <nav class="kinds" aria-label="Commands">
        {data.commands.map((one) => (
          <To key={one} page="commands" item={one} isHere={one === type}>
            {words(one)}
          </To>
        ))}
      </nav>
      {type === undefined || !data.commands.includes(type) ? (
        <Empty>Choose what to send.</Empty>
      ) : (
        <Chosen type={type} own={data.sends === 'named' ? undefined : data.sends} />
      )}
    </>
  )
}

import { type Draft, itemsOf, lengthen, pathOf } from '../model/draft'
import type { Field, Form } from '../model/schema'
import { named } from '../say/parameters'

interface Filled {
  readonly draft: Draft
  readonly wrong: Readonly<Record<string, string>>
  readonly known: (name: string) => readonly string[]
  readonly change: (draft: Draft) => void
}

interface Shown extends Filled {
  readonly path: string
  readonly name: string
  readonly isNeeded: boolean
}

const textIn = (event: Event): string => (event.currentTarget as HTMLInputElement | HTMLSelectElement).value

/** One of a few words; nothing where it may be left out. */
const Choice = ({
  of,
  path,
  isNeeded,
  draft,
  change,
  id,
}: Shown & { readonly of: readonly string[]; readonly id: string }) => (
  <select id={id} value={draft[path] ?? ''} onChange={(event: Event) => change({ ...draft, [path]: textIn(event) })}>
    <option value="">{isNeeded ? 'choose …' : 'as it is'}</option>
    {of.map((word) => (
      <option key={word}>{word}</option>
    ))}
  </select>
)

const Written = ({
  form,
  path,
  name,
  draft,
  known,
  change,
  id,
  isWrong,
}: Shown & { readonly form: Form; readonly id: string; readonly isWrong: boolean }) => {
  const words = known(name)
  return (
    <>
      <input
        id={id}
        value={draft[path] ?? ''}
        autocomplete="off"
        spellcheck={false}
        inputMode={form.is === 'whole' ? 'numeric' : undefined}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-why` : undefined}
        list={words.length === 0 ? undefined : `${id}-known`}
        onInput={(event: Event) => change({ ...draft, [path]: textIn(event) })}
      />
      {words.length === 0 ? null : (
        <datalist id={`${id}-known`}>
          {words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** A value, its name, and what is wrong with it. */
const One = ({ form, ...shown }: Shown & { readonly form: Form }) => {
  const { path, name, isNeeded, wrong } = shown
  const id = `field-${path.replaceAll('.', '-')}`
  const why = wrong[path]
  const of = form.is === 'choice' ? form.of : form.is === 'yes-no' ? ['true', 'false'] : undefined
  return (
    <div class="field">
      <label for={id}>
        {named(name)}
        {/(_s|Seconds)$/.test(name) ? ', in seconds' : null}
        {isNeeded ? null : <span class="dim"> if wanted</span>}
      </label>
      {of === undefined ? (
        <Written {...shown} form={form} id={id} isWrong={why !== undefined} />
      ) : (
        <Choice {...shown} of={of} id={id} />
      )}
      {why === undefined ? null : (
        <span class="watched" id={`${id}-why`}>
          {why}
        </span>
      )}
    </div>
  )
}

const Many = ({ of, ...shown }: Shown & { readonly of: Form }) => {
  const { path, name, draft, change } = shown
  const items = itemsOf(draft, path)
  return (
    <fieldset>
      <legend>{named(name)}</legend>
      {items.map((item, i) => (
        <FormOf key={item} {...shown} form={of} path={item} name={String(i + 1)} isNeeded />
      ))}
      <span class="row">
        <button type="button" onClick={() => change(lengthen(draft, path, 1))}>
          One more
        </button>
        {items.length === 0 ? null : (
          <button type="button" onClick={() => change(lengthen(draft, path, -1))}>
            One less
          </button>
        )}
      </span>
    </fieldset>
  )
}

const FormOf = ({ form, ...shown }: Shown & { readonly form: Form }) => {
  switch (form.is) {
    case 'fixed':
      return null
    case 'group':
      return (
        <fieldset>
          <legend>
            {named(shown.name)}
            {shown.isNeeded ? null : <span class="dim"> if wanted</span>}
          </legend>
          <Fields {...shown} fields={form.fields} under={shown.path} />
        </fieldset>
      )
    case 'list':
      return <Many {...shown} of={form.of} />
    default:
      return <One {...shown} form={form} />
  }
}

/** What is to be filled in: what is needed first. */
export const Fields = ({
  fields,
  under,
  ...filled
}: Filled & { readonly fields: readonly Field[]; readonly under: string }) => (
  <>
    {fields
      .toSorted((a, b) => Number(b.isNeeded) - Number(a.isNeeded))
      .map(({ name, isNeeded, form }) => (
        <FormOf key={name} {...filled} form={form} path={pathOf(under, name)} name={name} isNeeded={isNeeded} />
      ))}
  </>
)

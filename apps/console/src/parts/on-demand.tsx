import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Empty } from './card'

type Loaded<P> =
  | { readonly is: 'nowhere' | 'asked' }
  | { readonly is: 'there'; readonly Page: ComponentType<P> }
  | { readonly is: 'failed' }

/** A page whose program is loaded when somebody first goes there; where that fails, it says so and can be tried again. */
export const onDemand = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> => {
  const loaded = signal<Loaded<P>>({ is: 'nowhere' })
  const ask = (): void => {
    loaded.value = { is: 'asked' }
    load().then(
      (Page) => {
        loaded.value = { is: 'there', Page }
      },
      () => {
        loaded.value = { is: 'failed' }
      },
    )
  }
  return (props) => {
    const known = loaded.value
    useEffect(() => {
      if (loaded.peek().is === 'nowhere') ask()
    }, [])
    if (known.is === 'there') return <known.Page {...props} />
    if (known.is === 'failed')
      return (
        <div class="notice" role="alert">
          This page could not be loaded.{' '}
          <button type="button" onClick={ask}>
            Try again
          </button>
        </div>
      )
    return <Empty>Asking for this page …</Empty>
  }
}

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A sheet over the page: Escape closes it, and the keyboard goes back to where it was. */
export const Over = ({
  name,
  close,
  children,
}: {
  readonly name: string
  readonly close: () => void
  readonly children: ComponentChildren
}) => {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    ref.current?.showModal()
  }, [])
  return (
    <dialog ref={ref} aria-label={name} onClose={close}>
      {children}
    </dialog>
  )
}

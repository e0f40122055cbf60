import { useRef } from 'preact/hooks'

/** What is there, or was there last. */
export const useLast = <A>(value: A | undefined): A | undefined => {
  const last = useRef<A | undefined>(undefined)
  if (value !== undefined) last.current = value
  return last.current
}

import { useEffect, useRef, useState } from 'preact/hooks'

/** How wide an element is, as it changes. */
export const useWidth = (first: number) => {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(first)
  useEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const seen = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.max(200, Math.floor(entry.contentRect.width)))
    })
    seen.observe(element)
    return () => seen.disconnect()
  }, [])
  return { ref, width }
}

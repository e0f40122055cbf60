import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Which of many rows of one height are to be drawn, as somebody scrolls through them; the others are room above and below. */
export const useVirtual = (count: number, size: number) => {
  const ref = useRef<HTMLDivElement>(null)
  const [, redraw] = useState(0)
  const options = {
    count,
    estimateSize: () => size,
    getScrollElement: () => ref.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: 12,
    initialRect: { width: 0, height: 600 },
    onChange: () => redraw((times) => times + 1),
  }
  const kept = useRef<Virtualizer<HTMLDivElement, Element> | undefined>(undefined)
  kept.current ??= new Virtualizer<HTMLDivElement, Element>(options)
  const virtualizer = kept.current
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  const items = virtualizer.getVirtualItems()
  const total = virtualizer.getTotalSize()
  return {
    ref,
    shown: items.map(({ index }) => index),
    /** Somebody has scrolled away from the first row. */
    isAway: (virtualizer.scrollOffset ?? 0) > 0,
    above: items[0]?.start ?? 0,
    below: Math.max(0, total - (items.at(-1)?.end ?? 0)),
  }
}

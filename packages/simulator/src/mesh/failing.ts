import type { Bus, EventStore } from '@novation/platform'

const hearing = async <A extends { readonly _tag: 'Left' | 'Right' }>(answer: Promise<A>, failed: () => void) => {
  const outcome = await answer
  if (outcome._tag === 'Left') failed()
  return outcome
}

/** Ports that let somebody hear of a write that did not succeed, just before its sender does. */
export const failing = {
  store: (store: EventStore, failed: () => void): EventStore => ({
    ...store,
    append:
      (...what) =>
      () =>
        hearing(store.append(...what)(), failed),
  }),
  bus: (bus: Bus, failed: (topic: string) => void): Bus => ({
    ...bus,
    publish: (topic, messages) => () => hearing(bus.publish(topic, messages)(), () => failed(topic)),
  }),
}

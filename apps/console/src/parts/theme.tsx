import { useState } from 'preact/hooks'
import { chooseTheme, chosenTheme, type Theme } from '../world'

const words: readonly (readonly [Theme | undefined, string])[] = [
  [undefined, 'system'],
  ['light', 'light'],
  ['dark', 'dark'],
]

/** Light, dark, or as the system has it. */
export const ThemeChoice = () => {
  const [theme, setTheme] = useState(chosenTheme())
  const choose = (word: string): void => {
    const [chosen] = words.find(([one]) => (one ?? '') === word) ?? []
    chooseTheme(chosen)
    setTheme(chosen)
  }
  return (
    <label>
      Theme{' '}
      <select value={theme ?? ''} onChange={(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}>
        {words.map(([one, word]) => (
          <option key={word} value={one ?? ''}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}

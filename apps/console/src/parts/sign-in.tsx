import { useState } from 'preact/hooks'
import { signIn } from '../model/session'

/** Asks for a token, where the gateway lets nobody in without one. */
export const SignIn = () => {
  const [token, setToken] = useState('')
  const [why, setWhy] = useState<string>()
  return (
    <main class="signin">
      <h1>Who is there?</h1>
      <p>
        This gateway lets nobody in without a token that is in force.{' '}
        <span class="mono">novation token auditor --tokens=FILE</span> makes one. The browser keeps it where no program
        reads it.
      </p>
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          if (token !== '') void signIn(token.trim()).then(setWhy)
        }}
      >
        <input
          type="password"
          aria-label="Token"
          autocomplete="off"
          value={token}
          onInput={(event: InputEvent) => setToken((event.currentTarget as HTMLInputElement).value)}
        />
        <button type="submit">Sign in</button>
      </form>
      {why === undefined ? null : <p class="watched">◐ {why}</p>}
    </main>
  )
}

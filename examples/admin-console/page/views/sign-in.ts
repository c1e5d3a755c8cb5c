import type { Session } from '../../shared/api.ts'
import { signIn } from '../api.ts'
import { fill, h, labelled, on } from '../dom.ts'
import { errorText, notice } from '../words.ts'

export const showSignIn = (
  root: HTMLElement,
  why: string | undefined,
  onSignedIn: (session: Session) => void,
): void => {
  const name = h('input', { name: 'name', autocomplete: 'username', required: true, autocapitalize: 'none' })
  const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true })
  const submit = h('button', { class: 'main' }, 'Sign in')
  const told = h('div', {}, why !== undefined && notice('warm', why))
  const form = h('form', { class: 'card sign-in' }, labelled('Name', name), labelled('Password', password), submit)
  on(form, {
    submit: async (event) => {
      event.preventDefault()
      submit.disabled = true
      try {
        onSignedIn(await signIn(name.value, password.value))
      } catch (error) {
        fill(told, notice('bad', errorText(error)))
        password.value = ''
        password.focus()
      } finally {
        submit.disabled = false
      }
    },
  })
  fill(root, h('h1', {}, 'Sign in'), told, form)
  name.focus()
}

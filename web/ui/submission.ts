import { useEffect, useRef, useState, type FormEvent } from 'react'
import { ApiError } from '../api/client'
import type { Problem } from '../api/types'

/** A refusal found before asking the server, shown at its field like the server's own. */
export class FieldError extends Error {
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

type Errors = Record<string, string>

/**
 * One form and its fate. `run` gets the form's data and an idempotency key that stays the same until the server
 * has decided, so sending again after a lost answer cannot do the thing twice.
 */
export function useSubmission(run: (data: FormData, key: string, form: HTMLFormElement) => Promise<void>) {
  const [pending, setPending] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const [message, setMessage] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const key = useRef<string | null>(null)
  const running = useRef(false)

  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (running.current) return
    const element = event.currentTarget
    setMessage(null)
    setProblem(null)
    const missing = missingIn(element)
    setErrors(missing)
    if (Object.keys(missing).length > 0) return

    key.current ??= crypto.randomUUID()
    running.current = true
    setPending(true)
    try {
      await run(new FormData(element), key.current, element)
      key.current = null
    } catch (error) {
      if (error instanceof FieldError) {
        key.current = null
        setErrors({ [error.field]: error.message })
      } else if (error instanceof ApiError) {
        if (error.status > 0 && error.status < 500) key.current = null
        setProblem(error.problem)
        const found = fieldErrors(error.problem, element)
        setErrors(found.fields)
        setMessage(found.rest)
      } else {
        throw error
      }
    } finally {
      running.current = false
      setPending(false)
    }
  }

  return {
    pending,
    /** What is wrong with the whole, or null. */
    message,
    /** The refusal behind it, for those who word it themselves. */
    problem,
    /** What is wrong with one field, for Mantine's `error`. */
    error: (name: string) => errors[name],
    /** Spread on the `<form>`. `post` keeps passwords out of the address when there is no JavaScript. */
    form: {
      ref: form,
      method: 'post' as const,
      noValidate: true,
      onSubmit: (event: FormEvent<HTMLFormElement>) => void submit(event),
      onChange: (event: FormEvent<HTMLFormElement>) => {
        const name = (event.target as unknown as HTMLInputElement).name
        if (errors[name]) setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => field !== name)))
      },
    },
  }
}

function missingIn(form: HTMLFormElement): Errors {
  const errors: Errors = {}
  for (const element of form.elements) {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) continue
    if (!element.name || element.validity.valid || errors[element.name]) continue
    const { validity } = element
    errors[element.name] = validity.valueMissing
      ? 'Please fill this in.'
      : validity.typeMismatch && element.type === 'email'
        ? 'This does not look like an e-mail address.'
        : validity.tooShort
          ? `At least ${element.minLength} characters, please.`
          : element.validationMessage
  }
  return errors
}

function fieldErrors(problem: Problem, form: HTMLFormElement) {
  const fields: Errors = {}
  const rest: string[] = []
  for (const { pointer, detail } of problem.errors ?? []) {
    const name = pointer.replace(/^\/?(body\/)?/, '').split('/')[0] ?? ''
    const shown = name && form.elements.namedItem(name)
    if (shown) fields[name] ??= sentence(detail)
    else rest.push(sentence(name ? `${name}: ${detail}` : detail))
  }
  if (Object.keys(fields).length === 0 && rest.length === 0) rest.push(problem.detail ?? problem.title)
  return { fields, rest: rest.length > 0 ? rest.join(' ') : null }
}

function sentence(text: string) {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

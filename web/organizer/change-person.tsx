import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { send } from '../api/client'
import type { Registration } from '../api/types'
import { ConfirmButton } from '../ui/confirm'
import { toast } from '../ui/toasts'

/** Corrects a guest's name or address, or passes a seat on to somebody else. */
export function ChangePerson({ person }: { person: Registration }) {
  return (
    <>
      <Change
        person={person}
        label="Correct"
        ariaLabel={`Correct the name or address of ${person.name}`}
        question={`Correct ${person.name}?`}
        words="The same person, written rightly. They get a new ticket by mail; who has an account changes it there."
        confirmLabel="Save"
        run={async (who) => {
          const body = {
            ...(who.name === person.name ? {} : { name: who.name }),
            ...(who.email === person.email ? {} : { email: who.email }),
          }
          if (Object.keys(body).length === 0) return 'Nothing is different.'
          await send('patch', '/registrations/{registrationId}', { path: { registrationId: person.id }, body })
          return 'Corrected.'
        }}
      />
      {person.status === 'going' && (
        <Change
          person={person}
          isAnother
          label="Pass on"
          ariaLabel={`Pass on the seat of ${person.name}`}
          question="Pass the seat on?"
          words={`Somebody else comes instead of ${person.name}. They get a ticket by mail, and the old one is worth nothing.`}
          confirmLabel="Pass it on"
          run={async (body) => {
            await send('put', '/registrations/{registrationId}/successor', {
              path: { registrationId: person.id },
              body,
            })
            return `${body.name} has the seat now.`
          }}
        />
      )}
    </>
  )
}

function Change(props: {
  person: Registration
  isAnother?: boolean
  label: string
  ariaLabel: string
  question: string
  words: string
  confirmLabel: string
  run: (who: { name: string; email: string }) => Promise<string>
}) {
  const { person, isAnother, words, run, ...asked } = props
  const queryClient = useQueryClient()
  const [name, email] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const valueOf = (field: HTMLInputElement | null) => field?.value.trim() ?? ''

  async function confirm() {
    const said = await run({ name: valueOf(name.current), email: valueOf(email.current) })
    await queryClient.invalidateQueries({ queryKey: ['registrations'] })
    toast(said)
  }

  return (
    <ConfirmButton {...asked} stayLabel="Leave it" onConfirm={confirm}>
      <p>{words}</p>
      <TextInput
        ref={name}
        label="Name"
        maxLength={100}
        autoComplete="off"
        defaultValue={isAnother ? '' : person.name}
        mt="md"
      />
      <TextInput
        ref={email}
        type="email"
        label="E-mail"
        maxLength={254}
        autoComplete="off"
        defaultValue={isAnother ? '' : person.email}
        mt="md"
      />
    </ConfirmButton>
  )
}

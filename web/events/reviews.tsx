import { Button, Textarea } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useMe } from '../account/account-queries'
import { send } from '../api/client'
import type { EventDetail, Review } from '../api/types'
import { myRegistrationQuery } from '../registrations/registration-queries'
import { ConfirmButton } from '../ui/confirm'
import { momentIn } from '../ui/dates'
import { Notice } from '../ui/states'
import { useSubmission } from '../ui/submission'
import { toast } from '../ui/toasts'
import { reviewsQuery } from './event-queries'
import styles from './reviews.module.css'

/** What people say who were there, and the form for who has not said it yet. */
export function Reviews({ event }: { event: EventDetail }) {
  const me = useMe()
  const registration = useQuery({ ...myRegistrationQuery(event.id), enabled: me !== null }).data
  const reviews = useInfiniteQuery(reviewsQuery(event.id))
  const pages = reviews.data?.pages
  if (!pages) return null
  const { average, count } = pages[0]!
  const items = pages.flatMap((page) => page.items)
  const mayWrite = registration?.status === 'going' && registration.attended !== false
  const hasWritten = items.some((review) => review.can.edit)
  if (count === 0 && !mayWrite) return null
  return (
    <section className={styles.reviews} aria-labelledby="reviews">
      <div className={styles.head}>
        <h2 id="reviews">How it was</h2>
        {average !== null && (
          <p>
            <Stars rating={Math.round(average)} /> {average.toFixed(1)} of 5, from{' '}
            {count === 1 ? 'one review' : `${count} reviews`}
          </p>
        )}
      </div>
      {mayWrite && !hasWritten && <ReviewForm event={event} />}
      <ul className={styles.list}>
        {items.map((review) => (
          <OneReview key={review.id} review={review} event={event} mayReport={me !== null && !review.can.edit} />
        ))}
      </ul>
      {reviews.hasNextPage && (
        <Button variant="default" loading={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  )
}

const WORDS = ['', 'Poor', 'Not good', 'Fine', 'Good', 'Wonderful']

function ReviewForm({ event }: { event: EventDetail }) {
  const queryClient = useQueryClient()
  const submission = useSubmission(async (data, idempotencyKey) => {
    const rating = Number(data.get('rating'))
    await send('post', '/events/{eventId}/reviews', {
      path: { eventId: event.id },
      body: { rating, comment: String(data.get('comment') ?? '').trim() || undefined },
      idempotencyKey,
    })
    await queryClient.invalidateQueries({ queryKey: reviewsQuery(event.id).queryKey })
    toast('Thank you. Your review is on the page.')
  })
  const wrong = submission.error('rating')
  return (
    <form {...submission.form} className={styles.form}>
      <fieldset className={styles.rating} aria-describedby={wrong ? 'rating-wrong' : undefined}>
        <legend>You were there. How was it?</legend>
        {[5, 4, 3, 2, 1].map((rating) => (
          <label key={rating}>
            <input type="radio" name="rating" value={rating} required />
            <span>
              {WORDS[rating]} <span className="visually-hidden">({rating} of 5)</span>
            </span>
          </label>
        ))}
      </fieldset>
      {wrong && (
        <div id="rating-wrong">
          <Notice kind="error">Choose one of the five.</Notice>
        </div>
      )}
      <Textarea
        name="comment"
        label="What should others know? (optional)"
        rows={3}
        maxLength={5000}
        error={submission.error('comment')}
      />
      {submission.message && <Notice kind="error">{submission.message}</Notice>}
      <div>
        <Button type="submit" loading={submission.pending}>
          Publish the review
        </Button>
      </div>
    </form>
  )
}

function OneReview({ review, event, mayReport }: { review: Review; event: EventDetail; mayReport: boolean }) {
  const queryClient = useQueryClient()
  const { day, month, year } = momentIn(event.zone, review.createdAt)
  const reason = useRef<HTMLTextAreaElement>(null)
  const one = { path: { reviewId: review.id } }
  async function remove() {
    await send('delete', '/reviews/{reviewId}', one)
    await queryClient.invalidateQueries({ queryKey: reviewsQuery(event.id).queryKey })
    toast('Your review is deleted.')
  }
  async function report() {
    await send('put', '/reviews/{reviewId}/report', {
      ...one,
      body: { reason: reason.current?.value.trim() || 'No reason given.' },
    })
    toast('Thank you. Somebody will look at it.')
  }
  return (
    <li>
      <p className={styles.by}>
        <Stars rating={review.rating} />
        <strong>{review.author ?? 'Somebody who has left'}</strong>
        <span>
          {day} {month} {year}
        </span>
        {review.hiddenAt && <span>Hidden: only you and the admins see it</span>}
      </p>
      {review.comment && <p className={styles.comment}>{review.comment}</p>}
      <div className={styles.actions}>
        {review.can.remove && (
          <ConfirmButton
            label="Delete"
            ariaLabel={`Delete the review of ${review.author ?? 'somebody'}`}
            question="Delete this review?"
            confirmLabel="Delete it"
            stayLabel="Keep it"
            danger
            onConfirm={remove}
          />
        )}
        {mayReport && (
          <ConfirmButton
            label="Report"
            ariaLabel={`Report the review of ${review.author ?? 'somebody'}`}
            question="Report this review?"
            confirmLabel="Report it"
            onConfirm={report}
          >
            <p>An admin looks at what is reported and may hide it.</p>
            <Textarea ref={reason} label="What is wrong with it?" mt="md" rows={3} maxLength={1000} />
          </ConfirmButton>
        )}
      </div>
    </li>
  )
}

function Stars({ rating }: { rating: number }) {
  return (
    <span className={styles.stars} role="img" aria-label={`${rating} of 5`}>
      {'★'.repeat(rating)}
      {'☆'.repeat(5 - rating)}
    </span>
  )
}

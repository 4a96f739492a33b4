import { problem } from '#kernel/problem'

export const NothingToPay = problem(
  'payments/nothing-to-pay',
  409,
  'There is nothing to pay',
  'No seat is held: it is paid for, free of charge, or the time was over.',
)
export const ProviderMissing = problem(
  'payments/provider-missing',
  409,
  'That way to pay is not set up here',
  'The operator sets up Stripe by STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.',
)
export const ProviderAway = problem(
  'payments/provider-away',
  503,
  'The payment could not be begun',
  'The payment provider did not answer or refused. The seat is held all the same: try again.',
)
export const NotByHand = problem(
  'payments/not-by-hand',
  409,
  'The provider does that by itself',
  'Only payments by hand are marked by hand.',
)
export const PaidFor = problem(
  'payments/paid-for',
  409,
  'People have paid for seats at this event',
  '`payments` says how many. Cancel the event first: everybody is told, and the money goes back.',
)
export const NotDue = problem('payments/not-due', 409, 'There is nothing to pay back')
export const NoticeRefused = problem(
  'payments/notice-refused',
  400,
  'The notice is not genuine',
  'It is not signed with our secret, or was signed more than 300 seconds ago.',
)

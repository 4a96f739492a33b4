import { problem } from '#kernel/problem'

export const AlreadyOpen = problem(
  'schedules/already-open',
  409,
  'A run of this job waits or is under way',
  'There is one run of a job at a time. Ask again when it has ended; `runId` names it.',
)
export const NotGivenUp = problem(
  'schedules/not-given-up',
  409,
  'This run was not given up',
  'Only a run that failed for good is tried again by hand.',
)
export const NoSuchJob = problem(
  'schedules/no-such-job',
  409,
  'There is no such job any more',
  'The program that runs here does not know the job of this run.',
)

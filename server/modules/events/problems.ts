import { problem } from '#kernel/problem'

export const AlreadyPublished = problem('events/already-published', 409, 'The event is published already')
export const NotPublished = problem('events/not-published', 409, 'The event is still a draft', 'Publish it first.')
export const AlreadyCancelled = problem('events/cancelled', 409, 'The event was cancelled')
export const AlreadyOver = problem('events/over', 409, 'The event is over', 'What is past stays as it was.')
export const CategoryNameTaken = problem('events/category-name-taken', 409, 'A category of that name exists')

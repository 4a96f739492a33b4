import type { Document, Operation } from './document.ts'

/** What is fuzzed: a document, a door to knock at, and a way to see what has become of it all. */
export type Target = {
  document: Document
  /** Every route that is registered, as `GET /notes/{noteId}`, without those that are kept out of the document. */
  routes: readonly string[]
  ask(request: Request): Promise<Answer>
  /** One word for all that is kept: the same as long as nothing has changed. */
  sum(): Promise<string>
  /** Everything as it was at first. */
  restore(): Promise<void>
  /** Requests that are right in themselves; one of them at least has to be answered 2xx. */
  recipes(operation: Operation): Promise<Draft[]>
  /** What everybody else would send along, from nothing to everything. */
  others: readonly Record<string, string>[]
  /** Ids of all sorts by the name of the parameter or field: one's own, another's, deleted ones. */
  ids(name: string): readonly string[]
  /** What no answer may hold. */
  secrets: readonly (string | RegExp)[]
}

/** A request before its address is put together. */
export type Draft = {
  params: Record<string, string>
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body?: unknown
  payload?: string | Buffer
}

export type Request = {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string | Buffer
}

export type Answer = {
  status: number
  headers: Record<string, unknown>
  body: string
  bytes: number
}

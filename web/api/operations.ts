import type { paths } from './schema'

// Reads out of the generated document what a method and a path take and answer, so that a call which the server would
// not understand does not compile.

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The paths that know a method, without the prefix that all have. */
export type PathOf<M extends Method> = {
  [Full in keyof paths]: Full extends `/api/v1${infer Path}`
    ? paths[Full] extends Record<M, object>
      ? Path
      : never
    : never
}[keyof paths]

type Operation<M extends Method, Path extends string> = `/api/v1${Path}` extends infer Full extends keyof paths
  ? paths[Full][M & keyof paths[Full]]
  : never

/** What a path is filled in and asked with. */
export type Asked<M extends Method, Path extends PathOf<M>> = Filled<Operation<M, Path>> &
  Queried<Operation<M, Path>> &
  Sent<Operation<M, Path>>

type Filled<Op> = Op extends { parameters: { path: infer Values } } ? { path: Values } : unknown
type Queried<Op> = Op extends { parameters: { query?: infer Query } } ? { query?: Query } : unknown
type Sent<Op> = Op extends { requestBody: { content: { 'multipart/form-data': object } } }
  ? { body: FormData }
  : Op extends { requestBody: { content: { 'application/json': infer Body } } }
    ? { body: Body }
    : Op extends { requestBody?: { content: { 'application/json': infer Body } } }
      ? { body?: Body }
      : unknown

/** What comes back when it is not refused; null when that is nothing. */
export type Answer<M extends Method, Path extends PathOf<M>> =
  Operation<M, Path> extends { responses: infer Responses }
    ? Responses[keyof Responses & (200 | 201)] extends { content: { 'application/json': infer Body } }
      ? Body
      : null
    : never

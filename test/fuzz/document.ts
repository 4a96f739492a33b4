import { dialects } from '#dialects/dialects'

// The OpenAPI document as a list of operations, which is what the matrix and the fuzz run go by.

export type Schema = Record<string, any>
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }
export type Operation = {
  /** `PATCH /events/{eventId}`: without /api/v1, where the operation is below it. */
  name: string
  method: string
  path: string
  parameters: Parameter[]
  body?: { type: string; schema: Schema; required: boolean }
  responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>
  /** Nobody is let in without a token. */
  secured: boolean
  tags: string[]
}
export type Document = { paths: Record<string, Record<string, any>>; components?: Record<string, any> }

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The tags of the dialects, whose routes have no rights of their own. */
export const SPOKEN = new Set<string>(dialects.map(([{ tag }]) => tag))

/** Every operation of the document, in its order; not those of dialects, which have no rights of their own. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] && !SPOKEN.has(item[method].tags?.[0])).map((method) => {
      const { parameters = [], requestBody, responses, security = [], tags = [] } = item[method]
      const [type] = Object.keys(requestBody?.content ?? {})
      return {
        name: `${method.toUpperCase()} ${path.replace(/^\/api\/v1(?=\/)/, '')}`,
        method: method.toUpperCase(),
        path,
        parameters: parameters.map((each: Parameter) => ({ ...each, required: Boolean(each.required) })),
        body:
          type === undefined
            ? undefined
            : { type, schema: requestBody.content[type].schema, required: Boolean(requestBody.required) },
        responses,
        secured: security.length > 0,
        tags,
      }
    }),
  )
}

/** The address of the operation with these parameters in their places. */
export function addressOf(
  path: string,
  params: Record<string, string>,
  query: Record<string, string | string[]> = {},
): string {
  const where = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'))
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => [value].flat().map((each) => [key, each])),
  )
  return asked.size === 0 ? where : `${where}?${asked.toString()}`
}

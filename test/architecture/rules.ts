import type { Import, Source } from './source.ts'

/** A part of the business: whose operations its own may call, which tables it writes, which more of its files others may import. */
export type Module = { calls: readonly string[]; writes: readonly string[]; doors?: Record<string, string> }

export type House = {
  modules: Record<string, Module>
  /** Tables of what is no module, by folder or file. */
  tables: Record<string, readonly string[]>
  /** Deliberate deviations, each with its reason. */
  alsoWrites: Record<string, { tables: readonly string[]; because: string }>
}

/** Looks at one file and says what is wrong, and why it matters. */
export type Rule = (source: Source, house: House) => string[]

/** Files in which HTTP, queue and wire shapes are translated; they decide nothing. */
const EDGES = ['routes', 'jobs', 'wire']
/** What starts it all. */
const PROGRAMS = ['server/main.ts', 'server/run.ts']
const EVERYBODYS_DOORS = ['policy', 'problems']
const SAY_NOTHING =
  /(^|-)(utils?|helpers?|services?|controllers?|repositor(y|ies)|managers?|dtos?|mappers?|use-?cases?|containers?|factor(y|ies)|models?)$/
const SAY_NOTHING_ALONE = /^(common|misc|types|interfaces|constants|base|core|lib|shared|stuff|main)$|^scratch/

/** Who may import what, by folder; `server` is what puts it all together: app, main, worker, reactions and the like. */
const LAYERS: Record<string, readonly string[]> = {
  kernel: ['kernel'],
  db: ['db', 'kernel'],
  config: ['kernel'],
  http: ['http', 'db', 'config', 'kernel'],
  modules: ['modules', 'http', 'db', 'config', 'kernel'],
  dialects: ['dialects', 'modules', 'http', 'config', 'kernel'],
  commands: ['commands', 'server', 'modules', 'http', 'db', 'config', 'kernel'],
  'dev-mail': ['dev-mail', 'http', 'config', 'kernel'],
  demo: ['demo', 'modules', 'db', 'config', 'kernel'],
  server: ['server', 'commands', 'dialects', 'dev-mail', 'demo', 'modules', 'http', 'db', 'config', 'kernel'],
  web: ['web'],
}
const WHY_LAYERS: Record<string, string> = {
  kernel: 'the kernel knows no domain words, so that everything can stand on it',
  db: 'the database layer runs statements and knows nothing of what they mean',
  config: 'settings are read before anything else exists',
  http: 'it carries any business over HTTP and knows none',
  modules: 'a part of the business does not know what it is put together with',
  dialects: 'a dialect translates and never queries; deleting one is deleting a folder and a line',
  commands: 'a command line is an edge like any other',
  'dev-mail': 'it is a mail server and could be lifted out',
  demo: 'examples are made the way people make them: by operations',
  web: 'the web app is a client like any other: it knows the HTTP API and nothing of the server',
}

export const rules = {
  /** 1 */
  'modules and dialects import nothing with ../': (source) =>
    isIn(source, 'server/modules/', 'server/dialects/')
      ? source.imports
          .filter((each) => each.written.startsWith('..') && !(isTest(source) && each.to.startsWith('test/kit/')))
          .map((each) =>
            at(
              source,
              each,
              `imports ${each.written}`,
              'a file is reached as ./mine.ts or by a public #name, so that folders can move',
            ),
          )
      : [],

  /** 2 */
  'a layer imports only what is below it': (source) => {
    const layer = layerOf(source.path)
    const below = layer && LAYERS[layer]
    if (!below || isTest(source)) return []
    return source.imports.flatMap((each) => {
      const other = layerOf(each.to)
      if (!other || below.includes(other)) return []
      // The kernel says what a Ctx carries, so it knows these by their types.
      if (layer === 'kernel' && each.typeOnly && (other === 'db' || other === 'config')) return []
      return [
        at(source, each, `${layer} imports ${each.written}`, WHY_LAYERS[layer] ?? `${other} is not below ${layer}`),
      ]
    })
  },

  'only edges know HTTP': (source) =>
    isIn(source, 'server/modules/') && !isTest(source) && !isEdge(source.path)
      ? source.imports
          .filter((each) => layerOf(each.to) === 'http' || each.to === 'fastify')
          .map((each) =>
            at(
              source,
              each,
              `imports ${each.written}`,
              'an operation is called by jobs, tests and the command line too; the edge (routes.ts, jobs.ts, wire.ts) translates',
            ),
          )
      : [],

  'edges never query': (source) =>
    isEdge(source.path) && !isTest(source)
      ? source.imports
          .filter((each) => layerOf(each.to) === 'db' || ['kysely', 'pg'].includes(each.to))
          .map((each) =>
            at(
              source,
              each,
              `imports ${each.written}`,
              'an edge translates; the SQL belongs into an operation, beside the rule that it serves',
            ),
          )
      : [],

  'operations do not look back at their edges': (source) =>
    isIn(source, 'server/modules/') && !isTest(source) && !isEdge(source.path)
      ? source.imports
          .filter((each) => moduleOf(each.to) !== undefined && isEdge(each.to))
          .map((each) =>
            at(source, each, `imports ${each.written}`, 'an operation returns rows, and the edge presents them'),
          )
      : [],

  'downstream calls upstream, never the other way': (source, { modules }) => {
    const module = moduleOf(source.path)
    if (module === undefined || isTest(source) || isEdge(source.path)) return []
    return source.imports.flatMap((each) => {
      const other = moduleOf(each.to)
      if (other === undefined || other === module || modules[module]?.calls.includes(other)) return []
      return [
        at(
          source,
          each,
          `${module} imports ${each.written}`,
          `${other} is not upstream of ${module}: record a fact and let it react (server/reactions.ts)`,
        ),
      ]
    })
  },

  'a module is entered through its doors': (source, { modules }) => {
    const module = moduleOf(source.path)
    if (module === undefined || isTest(source)) return []
    return source.imports.flatMap((each) => {
      const other = moduleOf(each.to)
      if (other === undefined || other === module) return []
      const door = each.to.slice(`server/modules/${other}/`.length)
      if (door === other || EVERYBODYS_DOORS.includes(door) || door in (modules[other]?.doors ?? {})) return []
      return [
        at(
          source,
          each,
          `${module} imports ${each.written}`,
          `others know ${other} by ${other}.ts, policy.ts and problems.ts; what is inside may change`,
        ),
      ]
    })
  },

  'nobody imports the program itself': (source) =>
    isIn(source, 'server/')
      ? source.imports
          .filter(
            (each) =>
              (each.to === 'server/main' || (each.to === 'server/app' && !PROGRAMS.includes(source.path))) &&
              !isTest(source),
          )
          .map((each) =>
            at(
              source,
              each,
              `imports ${each.written}`,
              'app.ts puts everything together; what it is made of cannot know it',
            ),
          )
      : [],

  /** 3 */
  'who writes a table owns it': (source, house) => {
    if (!isIn(source, 'server/') || isTest(source)) return []
    const module = moduleOf(source.path)
    const own = [
      ...(module === undefined ? [] : (house.modules[module]?.writes ?? [])),
      ...Object.entries(house.tables).flatMap(([owner, tables]) => (source.path.startsWith(owner) ? tables : [])),
      ...(house.alsoWrites[source.path]?.tables ?? []),
    ]
    const owned = ownersOf(house)
    return source.writes.flatMap(({ table, line }) => {
      if (table === undefined)
        return [
          at(
            source,
            { line },
            'writes a table whose name is not to be read there',
            'who writes what must be seen by reading: put the name into the statement',
          ),
        ]
      const owner = owned.get(table)
      if (!owner || own.includes(table)) return [] // words that are no table of ours: prose, or common table expressions
      return [
        at(
          source,
          { line },
          `writes ${table}, which belongs to ${owner}`,
          `call an operation of ${owner}, which keeps its rules and its facts`,
        ),
      ]
    })
  },

  /** 5 */
  'process.env is read in config.ts alone': (source) =>
    isIn(source, 'server/', 'web/') && source.path !== 'server/config.ts' && !isTest(source)
      ? source.environment.map((line) =>
          at(
            source,
            { line },
            'reads process.env',
            'each setting has a description, a type and a default in server/config.ts, which arrive as ctx.config',
          ),
        )
      : [],

  'nothing is exported as default': (source) =>
    /-page\.tsx$|\.config\.ts$|global-setup\.ts$/.test(source.path)
      ? []
      : source.defaultExports.map((line) =>
          at(source, { line }, 'has a default export', 'one name for one thing, the same wherever it is imported'),
        ),

  'there are no barrels': (source) =>
    isIn(source, 'server/', 'web/')
      ? [
          ...(/\/index\.tsx?$/.test(source.path)
            ? [`${source.path} is a barrel: the imports map of package.json is the public surface`]
            : []),
          ...source.reexports.map((line) =>
            at(source, { line }, 'passes on what another file exports', 'import it from where it is'),
          ),
        ]
      : [],

  'files are named after the business': (source) => {
    if (source.path.startsWith('web/api/')) return [] // the client and what the API says of itself
    if (!isIn(source, 'server/modules/', 'server/dialects/', 'server/kernel/', 'server/http/', 'web/')) return []
    return (
      source.path
        .replace(/^(server\/modules|server\/dialects|server\/kernel|server\/http|web)\//, '')
        .replace(/(\.(test|sql))?\.(tsx?|mjs)$/, '')
        .split('/')
        // The system that a dialect replaces has the name that it has.
        .filter((name) => !source.path.startsWith(`server/dialects/${name}/`))
        .flatMap((name) => {
          if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
            return [`${source.path} is not in kebab-case: one way to write names, on every file system`]
          if (SAY_NOTHING.test(name) || SAY_NOTHING_ALONE.test(name)) {
            return [
              `${source.path}: "${name}" says what kind of code it is and not what it is about; name it after what it knows (seats.ts, waitlist.ts)`,
            ]
          }
          return []
        })
    )
  },
} satisfies Record<string, Rule>

/** Each table that somebody owns, with its owner. */
export function ownersOf(house: House): Map<string, string> {
  return new Map([
    ...Object.entries(house.modules).flatMap(([module, { writes }]) => writes.map((table) => [table, module] as const)),
    ...Object.entries(house.tables).flatMap(([owner, tables]) => tables.map((table) => [table, owner] as const)),
  ])
}

function at(source: Source, { line }: Pick<Import, 'line'>, what: string, why: string): string {
  return `${source.path}:${line} ${what}: ${why}`
}

function isIn(source: Source, ...folders: string[]): boolean {
  return folders.some((folder) => source.path.startsWith(folder))
}

function isTest(source: Source): boolean {
  return /\.test\.tsx?$/.test(source.path)
}

function isEdge(path: string): boolean {
  const name = path.replace(/\.ts$/, '').split('/').at(-1) ?? ''
  return path.startsWith('server/dialects/') || (path.startsWith('server/modules/') && EDGES.includes(name))
}

function moduleOf(path: string): string | undefined {
  return /^server\/modules\/([^/]+)\//.exec(path)?.[1]
}

/** The layer that a file of ours belongs to; nothing for packages, tests and tools. */
function layerOf(path: string): string | undefined {
  if (path.startsWith('web/')) return 'web'
  const [, rest] = /^server\/(.+)$/.exec(path) ?? []
  if (rest === undefined) return undefined
  const [folder = '', ...inside] = rest.replace(/\.(ts|mjs)$/, '').split('/')
  return inside.length > 0 || folder === 'config' ? folder : 'server'
}

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { projectFolder } from '#kernel/project-folder'

/** What of one file the rules look at. Paths are from the project's folder, with slashes. */
export type Source = {
  path: string
  imports: Import[]
  /** Tables it writes, in Kysely calls and in SQL text; undefined where the name is not to be read there. */
  writes: { table: string | undefined; line: number }[]
  defaultExports: number[]
  /** `export … from`. */
  reexports: number[]
  environment: number[]
}

/** `to` is the file it reaches, without its ending, or the name of a package. */
export type Import = { written: string; to: string; typeOnly: boolean; line: number }

const WRITING_CALLS = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto', 'replaceInto'])
const NAME = String.raw`(?:only\s+)?"?([a-z_][a-z_.]*|\$\{)"?`
const WRITING_SQL = [
  new RegExp(String.raw`\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+${NAME}`, 'gi'),
  new RegExp(String.raw`\bupdate\s+${NAME}\s+(?:(?:as\s+)?[a-z_]+\s+)?set\b`, 'gi'),
]

const surface = (
  JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { imports: Record<string, string> }
).imports

/** Every file of ours under these folders. */
export function readSources(folders: string[]): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        posix.join(folder, name.replaceAll('\\', '/')),
      ),
    )
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map((path) => readSource(path, readFileSync(join(projectFolder, path), 'utf8')))
}

/** Reads one file, which need not exist. */
export function readSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const source: Source = { path, imports: [], writes: [], defaultExports: [], reexports: [], environment: [] }
  const lineOf = (node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1

  const imported = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean) => {
    if (name && ts.isStringLiteralLike(name))
      source.imports.push({ written: name.text, to: reachedFrom(path, name.text), typeOnly, line: lineOf(node) })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) imported(node, node.moduleSpecifier, node.importClause?.isTypeOnly ?? false)
    else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) source.reexports.push(lineOf(node))
      imported(node, node.moduleSpecifier, node.isTypeOnly)
      if (
        node.exportClause &&
        ts.isNamedExports(node.exportClause) &&
        node.exportClause.elements.some((each) => each.name.text === 'default')
      ) {
        source.defaultExports.push(lineOf(node))
      }
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      imported(node, node.argument.literal, true)
    else if (ts.isExportAssignment(node)) source.defaultExports.push(lineOf(node))
    else if (ts.canHaveModifiers(node) && node.modifiers?.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword))
      source.defaultExports.push(lineOf(node))
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) imported(node, node.arguments[0], false)
      if (ts.isPropertyAccessExpression(node.expression) && WRITING_CALLS.has(node.expression.name.text)) {
        const table = node.arguments[0]
        source.writes.push({
          table: table && ts.isStringLiteralLike(table) ? table.text.split(' ')[0] : undefined,
          line: lineOf(node),
        })
      }
    } else if (isProcessEnv(node)) source.environment.push(lineOf(node))
    else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      for (const match of WRITING_SQL.flatMap((form) => [...textOf(node).matchAll(form)])) {
        source.writes.push({
          table: match[1]?.startsWith('$') ? undefined : match[1]?.toLowerCase(),
          line: lineOf(node),
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return source
}

function textOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map((span) => `\${}${span.literal.text}`).join('')
    : node.text
}

/** `process.env`, `process['env']` and `{ env } = process`. */
function isProcessEnv(node: ts.Node): boolean {
  const isProcess = (each: ts.Node | undefined) =>
    each !== undefined && ts.isIdentifier(each) && each.text === 'process'
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env'
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression)
  return ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isProcess(node.initializer)
}

/** Where an import leads, by the imports map of package.json or relative to the file. */
function reachedFrom(path: string, written: string): string {
  if (written.startsWith('.')) return withoutEnding(posix.join(posix.dirname(path), written))
  for (const [name, target] of Object.entries(surface)) {
    const [before = '', after] = name.split('*')
    if (after === undefined ? written === name : written.startsWith(before)) {
      return withoutEnding(posix.join(target.replace('*', written.slice(before.length))))
    }
  }
  return written
}

function withoutEnding(path: string): string {
  return path.replace(/\.(tsx?|mjs)$/, '')
}

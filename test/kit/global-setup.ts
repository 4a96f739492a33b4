import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import { migrate } from '#db/migrate'
import { bundlesOf } from './processes.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** What each test file's own database is cloned from. */
    template: { engine: 'embedded'; snapshot: string } | { engine: 'postgres'; server: string; name: string }
  }
}

/** Migrates one template database, on PostgreSQL where TEST_DATABASE_URL names a server and embedded otherwise. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const drop = await prepareTemplate(project)
  return async () => {
    await drop()
    await rm(bundlesOf(process.pid), { recursive: true, force: true })
  }
}

async function prepareTemplate(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) {
    const folder = await mkdtemp(join(tmpdir(), 'turnout-test-'))
    const database = await connectEmbedded({})
    await prepare(database)
    const snapshot = join(folder, 'template')
    await writeFile(snapshot, await database.snapshot!())
    await database.close()
    project.provide('template', { engine: 'embedded', snapshot })
    return () => rm(folder, { recursive: true })
  }
  const name = `turnout_template_${process.pid}`
  await onServer(server, `create database ${name}`)
  const database = connectPostgres(withDatabase(server, name), { connections: 2, onError: () => {} })
  await prepare(database)
  await database.close()
  project.provide('template', { engine: 'postgres', server, name })
  return () => dropAll(server, name)
}

/** Drops the template and what was cloned from it and is still there, because its process was killed or could not. */
async function dropAll(server: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname = $1 or starts_with(datname, $1 || '_')`,
      [template],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  } finally {
    await client.end()
  }
}

/** The newest schema, with a clock that tests can set. Only databases made here have it. */
async function prepare(database: Database): Promise<void> {
  await migrate(database)
  await database.query(`
    create schema testing;
    create table testing.clock (ahead interval not null);
    insert into testing.clock values ('0');
    create or replace function app_now() returns timestamptz language sql volatile as
      'select clock_timestamp() + (select ahead from testing.clock)'`)
}

/** Runs one statement beside all databases. */
export async function onServer(server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** The same server's URL with another database. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

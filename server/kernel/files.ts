import type { Readable } from 'node:stream'
import type { Config } from '#config'
import { filesInS3 } from './files-in-s3.ts'
import { filesOnDisk } from './files-on-disk.ts'

declare module './ctx.ts' {
  interface Ports {
    /** Where bytes are kept that are no rows. */
    files: Files
  }
}

/** Bytes by name. Names are made by us, never by who sent the bytes: `<folder>/<file>.<kind>`, small letters and digits. */
export interface Files {
  /** Keeps all of it or nothing, and resolves when it would outlast a power cut. */
  put(name: string, bytes: Uint8Array, type: string): Promise<void>
  /** What lies under the name; null when nothing does. Who takes the stream reads it to its end or destroys it. */
  open(name: string): Promise<{ stream: Readable; bytes: number } | null>
  /** Takes it away, with what a put that was cut off has left. Nothing there is no failure. */
  remove(name: string): Promise<void>
  close(): Promise<void>
}

/** The store that the settings name: a bucket, or a folder in DATA_DIR. */
export function openFiles(config: Pick<Config, 'filesS3' | 'dataDir'>): Files {
  return config.filesS3 ? filesInS3(config.filesS3) : filesOnDisk(config.dataDir)
}

import type { Readable } from 'node:stream'
import type { S3 } from '#config'
import { checkFileName } from './file-names.ts'
import type { Files } from './files.ts'

const CONNECT_MS = 3_000
const ANSWER_MS = 10_000

/** Files in a bucket of S3, or of whatever speaks its protocol. */
export function filesInS3(settings: S3): Files {
  let opened: ReturnType<typeof connect> | undefined
  const open = () => (opened ??= connect(settings))
  const at = (name: string) => ({ Bucket: settings.bucket, Key: checkFileName(name) })

  return {
    async put(name, bytes, type) {
      const object = { ...at(name), Body: bytes, ContentType: type, ContentLength: bytes.byteLength }
      const { s3, PutObjectCommand } = await open()
      await s3.send(new PutObjectCommand(object))
    },

    async open(name) {
      const object = at(name)
      const { s3, GetObjectCommand } = await open()
      try {
        const { Body, ContentLength } = await s3.send(new GetObjectCommand(object))
        return { stream: Body as Readable, bytes: ContentLength! }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    async remove(name) {
      const object = at(name)
      const { s3, DeleteObjectCommand } = await open()
      await s3.send(new DeleteObjectCommand(object)).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
    },

    async close() {
      if (opened) (await opened).s3.destroy()
    },
  }
}

/** The client is large and most do without, so it is loaded when it is needed. */
async function connect({ region, endpoint, key, secret }: S3) {
  const { S3Client, ...commands } = await import('@aws-sdk/client-s3')
  const s3 = new S3Client({
    region,
    endpoint,
    forcePathStyle: true, // a bucket is no host of its own at most of those who speak the protocol
    credentials: { accessKeyId: key, secretAccessKey: secret },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
    requestChecksumCalculation: 'WHEN_REQUIRED', // newer than many who speak the protocol
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return { ...commands, s3 }
}

function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes((error as Error).name)
}

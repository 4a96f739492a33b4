import { createECDH, hkdfSync } from 'node:crypto'

/** What push services know us by (RFC 8292): a P-256 pair in base64url, as browsers and push services spell it. */
export type VapidKeys = { publicKey: string; privateKey: string }

/** The pair that goes with this private key; undefined when it is none. */
export function pairOf(privateKey: string): VapidKeys | undefined {
  const curve = createECDH('prime256v1')
  const bytes = Buffer.from(privateKey, 'base64url')
  if (bytes.length !== 32 || bytes.toString('base64url') !== privateKey) return undefined
  try {
    curve.setPrivateKey(bytes)
  } catch {
    return undefined // nought, or beyond the order of the curve
  }
  return { publicKey: curve.getPublicKey('base64url'), privateKey }
}

/** The pair of the settings, or else the one that belongs to our secret key. */
export function vapidOf(config: { vapid: VapidKeys | null; secretKey: string }): VapidKeys {
  return config.vapid ?? derivedPair(config.secretKey)
}

/** The pair that belongs to our secret key: always the same, so that browsers need not be asked again after a restart. */
function derivedPair(secretKey: string): VapidKeys {
  let pair = pairs.get(secretKey)
  for (let n = 0; !pair; n++) {
    const bytes = hkdfSync('sha256', secretKey, 'turnout', `vapid:${n}`, 32)
    pair = pairOf(Buffer.from(bytes).toString('base64url'))
  }
  pairs.set(secretKey, pair)
  return pair
}
const pairs = new Map<string, VapidKeys>()

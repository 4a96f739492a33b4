import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Notice } from '../ui/states'
import styles from './door-page.module.css'

// Not every browser has one, and TypeScript knows of none.
type Detector = { detect: (from: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type DetectorClass = (new (options: { formats: string[] }) => Detector) & {
  getSupportedFormats: () => Promise<string[]>
}

const EVERY = 150
/** For how long a ticket has to be out of sight before it counts as shown again. */
const AGAIN_AFTER = 2_000

/** Whether this browser can read a QR code with its camera; null until that is known. */
export function useCanScan() {
  const [can, setCan] = useState<boolean | null>(null)
  useEffect(() => {
    let gone = false
    async function find() {
      const formats = navigator.mediaDevices ? await detectorClass()?.getSupportedFormats() : undefined
      if (!gone) setCan(formats?.includes('qr_code') ?? false)
    }
    find().catch(() => gone || setCan(false))
    return () => {
      gone = true
    }
  }, [])
  return can
}

/** Looks through the camera, and says each code once for every time it is shown. */
export function DoorScanner(props: { onCode: (code: string) => Promise<void>; onStop: () => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [error, setError] = useState<string | null>(null)
  const onCode = useRef(props.onCode)
  useEffect(() => {
    onCode.current = props.onCode
  })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let stream: MediaStream | undefined
    let gone = false
    const last = { code: '', seen: 0 }

    async function look(detector: Detector) {
      const [found] = video.current ? await detector.detect(video.current).catch(() => []) : []
      if (gone) return
      if (found) {
        const isNew = found.rawValue !== last.code || Date.now() - last.seen > AGAIN_AFTER
        last.code = found.rawValue
        if (isNew) await onCode.current(found.rawValue)
        last.seen = Date.now()
      }
      if (!gone) timer = setTimeout(() => void look(detector), EVERY)
    }

    async function begin() {
      const Detects = detectorClass()
      if (!Detects) return setError('This browser cannot read codes. Type the code instead.')
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      } catch {
        return setError('The camera cannot be used. Allow it in the browser’s settings, or type the code.')
      }
      if (gone || !video.current) return stop()
      video.current.srcObject = stream
      await video.current.play().catch(() => undefined)
      await look(new Detects({ formats: ['qr_code'] }))
    }

    function stop() {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }

    void begin()
    return () => {
      gone = true
      clearTimeout(timer)
      stop()
    }
  }, [])

  return (
    <>
      {error ? (
        <Notice kind="error">{error}</Notice>
      ) : (
        <video ref={video} className={styles.video} muted playsInline aria-label="What the camera sees" />
      )}
      <Button variant="default" size="lg" fullWidth onClick={props.onStop}>
        Stop the camera
      </Button>
    </>
  )
}

/** Keeps the screen on while the page is looked at, where the browser lets us. */
export function useWakeLock() {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let gone = false
    async function keep() {
      if (document.visibilityState !== 'visible') return
      // A phone that saves its battery refuses; it then goes dark as it always does.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined)
      if (gone) await lock?.release()
    }
    const again = () => void keep()
    again()
    document.addEventListener('visibilitychange', again)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [])
}

function detectorClass() {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
}

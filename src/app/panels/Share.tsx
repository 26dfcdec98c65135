import { Check, Copy, Share2 } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { formatHash } from '../../config/url.ts'
import { Button } from '../components/Button.tsx'
import { HeaderDialog } from '../components/HeaderDialog.tsx'
import { useExperiment, useShown } from '../store/experiment.ts'

const QRCode = lazy(() => import('qrcode.react').then((m) => ({ default: m.QRCodeSVG })))

/** The experiment as a link, to be copied or photographed from a wall. */
export function Share() {
  return (
    <HeaderDialog
      title="Share this experiment"
      icon={Share2}
      width="max-w-md"
      description="The link opens this page with the same modality and settings. It holds no files and no weights: a run with its weights is a download under “Your runs”."
    >
      <SharedLink />
    </HeaderDialog>
  )
}

function SharedLink() {
  const modality = useShown()
  const preset = useExperiment((state) => state.preset)
  const overrides = useExperiment((state) => state.overrides)
  const link = new URL(formatHash({ modality, preset, overrides }), window.location.href).href
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<string | null>(null)
  const [refused, setRefused] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link) // there is none without https
      setCopied(link)
      setRefused(false)
    } catch {
      setRefused(true)
      field.current?.focus() // which selects it
    }
  }
  return (
    <>
      <div className="flex items-start gap-2">
        <input
          ref={field}
          readOnly
          aria-label="Link"
          className="border-control rounded-plate bg-surface h-9 min-w-0 flex-1 border px-2 font-mono text-xs"
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button onClick={() => void copy()}>
          {copied === link ? <Check size="0.875rem" aria-hidden /> : <Copy size="0.875rem" aria-hidden />}
          {copied === link ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" className="text-muted text-xs empty:hidden">
        {refused && 'The browser lets this page copy nothing. The link is selected: copy it by hand.'}
      </p>
      {/* Black on white whatever the theme: cameras want it so. */}
      <div className="rounded-plate mx-auto w-full max-w-64 bg-white p-4">
        <Suspense fallback={<div className="aspect-square" />}>
          <QRCode
            value={link}
            title="The link as a QR code"
            level="M"
            marginSize={0}
            className="h-auto w-full"
          />
        </Suspense>
      </div>
    </>
  )
}

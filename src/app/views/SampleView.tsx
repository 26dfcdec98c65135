import { PictureView } from './PictureView.tsx'
import { SoundView } from './SoundView.tsx'
import { TextView } from './TextView.tsx'
import type { ViewProps } from './view.ts'

/** A sample in one of its roles, shown as what it is. */
export function SampleView(props: Omit<ViewProps, 'content'>) {
  const { content } = props.snapshot
  switch (content.kind) {
    case 'picture':
      return <PictureView {...props} content={content} />
    case 'sound':
      return <SoundView {...props} content={content} />
    case 'text':
      return <TextView {...props} content={content} />
  }
}

import type { FileRemark } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { files, useFiles } from '../store/files.ts'

/** With more sentences than this a list opens on request only. */
const SHOWN_AT_ONCE = 3

/** As many as a person may want to read, and a page can hold. */
const MOST_LISTED = 100

/** What was not taken, or not as expected: a sentence a file. A screen reader hears what comes into a region it knows. */
export function FileMessages() {
  const refused = useFiles((state) => state.refused)
  const notices = useFiles((state) => state.notices)
  const empty = refused.length + notices.length === 0
  return (
    <div
      className={
        empty
          ? 'sr-only'
          : 'grid gap-2 rounded-plate border border-rule border-l-4 border-l-difference p-3 text-xs'
      }
    >
      <div role="status" className="grid gap-2">
        <MessageList title={countOf(refused, 'not added')} messages={refused} />
        <MessageList title={countOf(notices, 'added with a remark')} messages={notices} />
      </div>
      {!empty && (
        <Button size="small" className="justify-self-start" onClick={() => files.dismissMessages()}>
          Dismiss
        </Button>
      )}
    </div>
  )
}

function countOf(remarks: readonly FileRemark[], what: string): string {
  if (remarks.some(({ ofMore }) => ofMore)) return `Some files were ${what}`
  const { length } = remarks
  return `${formatCount(length)} ${length === 1 ? 'file was' : 'files were'} ${what}`
}

interface MessageListProps {
  readonly title: string
  readonly messages: readonly FileRemark[]
}

function MessageList({ title, messages }: MessageListProps) {
  if (messages.length === 0) return null
  return (
    <details open={messages.length <= SHOWN_AT_ONCE}>
      <summary className="font-semibold">{title}</summary>
      <ul className="mt-1 grid max-h-48 gap-1 overflow-y-auto text-muted">
        {messages.slice(0, MOST_LISTED).map(({ message }, i) => (
          <li key={i} className="break-words">
            {message}
          </li>
        ))}
        {messages.length > MOST_LISTED && <li>… and {formatCount(messages.length - MOST_LISTED)} more.</li>}
      </ul>
    </details>
  )
}

import { Tabs } from 'radix-ui'
import { MODALITY_NAMES } from '../../config/modalities.ts'
import { AboutGPU } from '../gpu/AboutGPU.tsx'
import { ModalityTab } from './ModalityTab.tsx'
import { RunControls } from './RunControls.tsx'
import { Share } from './Share.tsx'
import { StatusLine } from './StatusLine.tsx'
import { ThemeButton } from './ThemeButton.tsx'

/** Name, modalities, and the controls of the run, which on a phone stay at the bottom of the screen. */
export function Header() {
  return (
    <header className="border-rule bg-surface z-20 border-b md:sticky md:top-0">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2 min-[80rem]:max-[88rem]:gap-x-4">
        <h1 className="text-[0.9375rem] font-semibold tracking-tight whitespace-nowrap">
          data2vec <span className="text-muted font-normal">playground</span>
        </h1>
        <Tabs.List aria-label="Modality" className="-mx-2 flex gap-1 max-sm:order-3 max-sm:w-full">
          {MODALITY_NAMES.map((name) => (
            <ModalityTab key={name} modality={name} />
          ))}
        </Tabs.List>
        <div className="order-2 ml-auto flex min-[80rem]:order-4">
          <Share />
          <AboutGPU />
          <ThemeButton />
        </div>
        <div className="border-rule bg-surface fixed inset-x-0 bottom-0 z-20 flex flex-wrap items-center gap-x-5 gap-y-1.5 border-t px-4 py-2 md:static md:order-4 md:w-full md:border-0 md:p-0 min-[80rem]:order-3 min-[80rem]:ml-auto min-[80rem]:w-auto">
          <RunControls />
          <StatusLine />
        </div>
      </div>
    </header>
  )
}

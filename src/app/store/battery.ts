import { create } from 'zustand'

/** What a browser tells of a battery, where it tells anything: Chrome and Edge do. */
export interface Battery extends EventTarget {
  readonly charging: boolean
  /** From 0 to 1. */
  readonly level: number
}

/** From here down the machine may soon switch itself off. */
const LOW = 0.2

interface BatteryState {
  /** What is left, from 0 to 1, while that is little and nothing charges it; null otherwise. */
  readonly low: number | null
  /** The person has read of it, and need not again until it has been charged. */
  readonly isKnown: boolean
}

export const useBattery = create<BatteryState>()(() => ({ low: null, isKnown: false }))

export function dismissBattery(): void {
  useBattery.setState({ isKnown: true })
}

/** Follows the battery of the machine, where there is one and the browser tells of it. */
export async function followBattery(): Promise<void> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> }
  // A page that is embedded in another may be forbidden to ask.
  const battery = await getBattery?.call(navigator).catch(() => undefined)
  if (battery) follow(battery)
}

export function follow(battery: Battery): void {
  const note = () => {
    const low = !battery.charging && battery.level <= LOW ? battery.level : null
    useBattery.setState(({ isKnown }) => ({ low, isKnown: isKnown && low !== null }))
  }
  battery.addEventListener('levelchange', note)
  battery.addEventListener('chargingchange', note)
  note()
}

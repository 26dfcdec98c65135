import { expect, test } from 'vitest'
import { dismissBattery, follow, useBattery, type Battery } from '../../../../src/app/store/battery.ts'

class FakeBattery extends EventTarget implements Battery {
  charging = false
  level = 0.5

  become(state: Partial<Pick<Battery, 'charging' | 'level'>>): void {
    Object.assign(this, state)
    this.dispatchEvent(new Event('charging' in state ? 'chargingchange' : 'levelchange'))
  }
}

test('a battery is low while little is left and nothing charges it, and said again after it was charged', () => {
  const battery = new FakeBattery()
  follow(battery)
  const low = () => useBattery.getState().low
  expect(low()).toBeNull()
  battery.become({ level: 0.2 })
  expect(low()).toBe(0.2)
  dismissBattery()
  battery.become({ level: 0.19 })
  expect(useBattery.getState()).toEqual({ low: 0.19, isKnown: true })
  battery.become({ charging: true })
  expect(useBattery.getState()).toEqual({ low: null, isKnown: false })
})

import { lrAt, tauAt } from '../config/schedule.ts'
import type { Config } from '../config/schema.ts'

/** What may change from one step to the next without building the model anew. */
export type StepSettings = Pick<
  Config,
  'lr' | 'tau' | 'beta' | 'targetLayers' | 'weightDecay' | 'clipNorm' | 'beta1' | 'beta2' | 'adamEpsilon'
>

/** Settings of the update with 0-based index `step`: learning rate and τ from their schedules, the rest as configured. */
export function stepSettings(config: Config, step: number): StepSettings {
  const { beta, targetLayers, weightDecay, clipNorm, beta1, beta2, adamEpsilon } = config
  return {
    lr: lrAt(config, step),
    tau: tauAt(config, step + 1),
    beta,
    targetLayers,
    weightDecay,
    clipNorm,
    beta1,
    beta2,
    adamEpsilon,
  }
}

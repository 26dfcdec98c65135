import { expose } from 'comlink'
import { RunStore } from '../../../src/checkpoint/runStore.ts'
import { TensorFiles } from '../../../src/checkpoint/tensorFiles.ts'

/** A store in a worker, since browsers let no page write files as it does. */
class RemoteStore {
  private readonly store = RunStore.open()
  private readonly tensors = TensorFiles.open('runs')

  async keep(...given: Parameters<RunStore['keep']>) {
    return (await this.store).keep(...given)
  }

  async load(id: string) {
    return (await this.store).load(id)
  }

  async list() {
    return (await this.store).list()
  }

  async mark(...given: Parameters<RunStore['mark']>) {
    await (await this.store).mark(...given)
  }

  /** @param open what some tab works with */
  async tidy(now: number, open: readonly string[]) {
    await (await this.store).tidy(now, (id) => open.includes(id))
  }

  async files() {
    return (await (await this.tensors).names()).toSorted()
  }

  async writeFile(name: string, bytes: Uint8Array<ArrayBuffer>) {
    await (await this.tensors).write(name, bytes)
  }
}

export type { RemoteStore }

expose(new RemoteStore())

import { customGrad, type Tensor } from '@tensorflow/tfjs-core'

/** An operation's value, and the tensors that its gradient needs. */
interface Forward {
  readonly value: Tensor
  readonly saved: Tensor[]
}

/**
 * Applies an operation that knows its own gradient: tfjs's `customGrad` with types.
 * @param backward from the gradient in the value, the gradient in each of the inputs
 */
export function differentiable(
  inputs: Tensor[],
  forward: (...inputs: Tensor[]) => Forward,
  backward: (dy: Tensor, ...saved: Tensor[]) => Tensor[],
): Tensor {
  const operation = customGrad((...args) => {
    // customGrad hands over the inputs and then the function that saves.
    const save = args.pop() as unknown as (tensors: Tensor[]) => void
    const { value, saved } = forward(...(args as Tensor[]))
    save(saved)
    return { value, gradFunc: (dy, saved) => backward(dy, ...saved) }
  })
  return operation(...inputs)
}

import { webgpuKernel } from './kernel.ts'
import { elementsOf, runOverRows } from './rows.ts'

/** From `dy` `[N, C]`, the gradient in the table, `[R, C]`: the sum over the `users` `[R, U]` of each row, in their order. */
export const selectRowsGradWebGPU = webgpuKernel('SelectRowsGrad', (gpu, { dy, users }) => {
  const [results, columns] = dy.shape
  const [rows, most] = users.shape
  const dtable = gpu.makeTensorInfo([rows, columns], 'float32')
  const body = `
var sum = 0.0;
for (var i = 0u; i < ${most}u; i++) {
  let user = u32(users[row / ${columns}u * ${most}u + i]);
  if (user == ${results}u) { break; } // the places left over come last
  sum += dy[user * ${columns}u + row % ${columns}u];
}
dtable[row] = sum;`
  runOverRows(gpu, 'SelectRowsGrad', elementsOf(dtable), { dy, users }, { dtable }, body)
  return dtable
})

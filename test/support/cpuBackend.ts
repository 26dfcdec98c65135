import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'

/** Unit tests compute with plain JavaScript. */
tf.enableProdMode()
await tf.setBackend('cpu')

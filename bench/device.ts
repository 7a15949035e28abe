// What TensorFlow computes on, and what NVIDIA's driver lists.
import { gpus } from '../engine/tensorflow/gpu';
import { openTensorFlow } from '../engine/tensorflow/runtime';

const { version, device } = openTensorFlow();
process.stdout.write(`${JSON.stringify({ version, device, gpus: gpus() })}\n`);
process.exit(0);

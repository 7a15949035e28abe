import { expect, it } from 'vitest';
import { engineEnvironment } from './engine-environment';

it('passes on what TensorFlow and the loader need, and no secret', () => {
  const env = {
    ...{
      PATH: '/bin',
      HOME: '/root',
      LC_ALL: 'C',
      XDG_CACHE_HOME: '/c',
      CUDA_VISIBLE_DEVICES: '0',
      TENSORFLOW_DIR: '/tf',
    },
    ...{
      TF_NUM_INTRAOP_THREADS: '2',
      LD_LIBRARY_PATH: '/lib',
      CONVLOOM_FASHION_MNIST: '/f',
      TF_ENABLE_ONEDNN_OPTS: '0',
    },
    ...{
      GITHUB_TOKEN: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      TF_API_KEY: 'x',
      CONVLOOM_PASSWORD: 'x',
      NODE_OPTIONS: '--inspect',
    },
    ...{ LD_PRELOAD: '/evil.so', ELECTRON_RUN_AS_NODE: '1', SSH_AUTH_SOCK: '/s', npm_config_x: 'y' },
  };
  expect(engineEnvironment(env, 42)).toEqual({
    ...{
      PATH: '/bin',
      HOME: '/root',
      LC_ALL: 'C',
      XDG_CACHE_HOME: '/c',
      CUDA_VISIBLE_DEVICES: '0',
      TENSORFLOW_DIR: '/tf',
    },
    ...{
      TF_NUM_INTRAOP_THREADS: '2',
      LD_LIBRARY_PATH: '/lib',
      CONVLOOM_FASHION_MNIST: '/f',
      TF_ENABLE_ONEDNN_OPTS: '0',
    },
    ...{ TF_CPP_MIN_LOG_LEVEL: '2', CONVLOOM_PARENT: '42' },
  });
});

it('turns oneDNN on where nothing is said', () => {
  expect(engineEnvironment({}, 1)).toMatchObject({ TF_ENABLE_ONEDNN_OPTS: '1' });
});

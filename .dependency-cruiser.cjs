/** The arrows of docs/architecture.md: what each folder may read. Anything absent is forbidden. */
const engine = {
  ir: [],
  graph: [],
  data: [],
  files: [],
  tensorflow: [],
  nodes: ['ir'],
  analysis: ['graph', 'nodes', 'ir'],
  compile: ['analysis', 'graph', 'nodes', 'ir', 'tensorflow', 'data'],
  train: ['compile', 'analysis', 'data', 'graph', 'ir', 'tensorflow', 'files'],
};
const TESTS = '\\.(test|nightly)\\.tsx?$|vite\\.config\\.ts$';
const inner = Object.entries(engine).map(([folder, reads]) => ({
  name: `engine/${folder}`,
  severity: 'error',
  from: { path: `^engine/${folder}/`, pathNot: `${TESTS}|testing\\.ts$` },
  to: {
    path: '^engine/',
    pathNot: `^engine/(errors\\.ts|cache-folder\\.ts|pieces\\.ts|random\\.ts|version\\.ts|${[folder, ...reads].join('/|')}/)`,
  },
}));
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: TESTS },
  to: { pathNot: `${to}|node_modules|^(node:)?[a-z_/]+$` },
});

module.exports = {
  forbidden: [
    ...inner,
    only(
      'engine-alone',
      '^engine/',
      '^engine/',
      'The engine runs in tests, the terminal and a child process: it knows no window.',
    ),
    only('ipc-on-engine', '^ipc/', '^(ipc|engine)/', 'The contract speaks of engine types only.'),
    only(
      'renderer',
      '^renderer/',
      '^(renderer|ipc)/|^engine/(errors|pieces|graph|nodes|ir|analysis)',
      'The window reads the graph model; training lives behind ipc.',
    ),
    only('electron', '^electron/', '^(electron|ipc|engine)/', 'Main never imports the window.'),
    only(
      'cli',
      '^cli/',
      '^(cli|engine)/|^renderer/picture/',
      'The terminal works with no Electron. It draws what the window draws: pictures know no window.',
    ),
    {
      name: 'pictures-pure',
      severity: 'error',
      comment: 'Pictures are made in the terminal too: no React, no state of the window.',
      from: { path: '^renderer/picture/', pathNot: TESTS },
      to: {
        path: '^renderer/',
        pathNot: '^renderer/(picture|canvas)/[\\w/-]+\\.ts$|^renderer/ui/(glyph-paths|markdown-text)\\.ts$',
      },
    },
    {
      name: 'electron-in-electron',
      severity: 'error',
      from: { path: '^(engine|ipc|cli|renderer)/', pathNot: TESTS },
      to: { path: 'node_modules/electron' },
    },
    {
      name: 'pointers-in-tensorflow',
      severity: 'error',
      comment: 'Nothing outside the binding touches a pointer.',
      from: { pathNot: '^engine/tensorflow/' },
      to: { path: 'node_modules/koffi' },
    },
    {
      name: 'nodes-apart',
      severity: 'error',
      comment:
        'A node folder never imports another node folder: a composite names other kinds by their type.',
      from: { path: '^engine/nodes/([^/]+)/', pathNot: TESTS },
      to: { path: '^engine/nodes/[^/]+/', pathNot: '^engine/nodes/$1/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};

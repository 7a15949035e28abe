import {
  between,
  grown,
  inverted,
  ofSameKind,
  withDownstream,
  withUpstream,
} from '../../engine/graph/select';
import { selectedNodes } from './clipboard';
import { type AppCommand, handled } from './commands';
import { useEditor } from './store';

const graph = () => {
  const { nodes, edges } = useEditor.getState().history.present;
  return { nodes, edges: Object.values(edges) };
};
const some = (): boolean => selectedNodes().length > 0;

type Choice = (graph_: ReturnType<typeof graph>, ids: readonly string[]) => readonly string[];
const choose = (choice: Choice) => (): void =>
  useEditor.getState().select({ nodes: choice(graph(), selectedNodes()) });

/** The nodes on the paths between the two that are selected. */
function path(): readonly string[] {
  const [a, b, ...more] = selectedNodes();
  const { nodes, edges } = graph();
  return a === undefined || b === undefined || more.length > 0 ? [] : between(nodes, a, b, edges);
}

/** What widens or turns a selection; like all commands, by key, menu and search. */
export const selectCommands: readonly AppCommand[] = [
  {
    ...{ id: 'select.same', title: 'Select all of the same kind', keys: ['Mod+Alt+A'] },
    run: choose(({ nodes }, ids) => ofSameKind(nodes, ids)),
    enabled: some,
  },
  {
    ...{ id: 'select.upstream', title: 'Select all that comes before', keys: ['Mod+Shift+ArrowUp'] },
    run: choose(({ nodes, edges }, ids) => withUpstream(nodes, ids, edges)),
    enabled: some,
  },
  {
    ...{ id: 'select.downstream', title: 'Select all that comes after', keys: ['Mod+Shift+ArrowDown'] },
    run: choose(({ nodes, edges }, ids) => withDownstream(nodes, ids, edges)),
    enabled: some,
  },
  {
    ...{
      id: 'select.path',
      title: 'Select the paths between two nodes',
      also: 'between',
      keys: ['Mod+Shift+ArrowLeft'],
    },
    run: () => useEditor.getState().select({ nodes: path() }),
    enabled: () => path().length > 0,
  },
  {
    ...{ id: 'select.grow', title: 'Grow the selection along wires', keys: ['Mod+Shift+ArrowRight'] },
    run: choose(({ nodes, edges }, ids) => grown(nodes, ids, edges)),
    enabled: some,
  },
  {
    ...{ id: 'select.invert', title: 'Invert the selection', keys: ['Mod+Shift+A'] },
    run: choose(({ nodes }, ids) => inverted(nodes, ids)),
    enabled: () => Object.keys(graph().nodes).length > 0,
  },
  handled({ id: 'select.lasso', title: 'Select by a loop', keys: ['L'] }),
];

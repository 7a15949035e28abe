import { transforms } from '../../engine/analysis/transforms/table';
import type { AppCommand } from '../app/commands';
import { canBulk, openBulk } from './bulk-store';

/** The panel, and one entry for each change of many nodes: none is done before it was shown. */
export const bulkCommands: readonly AppCommand[] = [
  {
    ...{ id: 'change.many', title: 'Change many nodes…', keys: ['Mod+Shift+M'], inFields: true },
    run: () => openBulk(null),
    enabled: () => canBulk(),
  },
  ...transforms.map(({ id, title }) => ({
    ...{ id: `change.${id}`, title: `${title}…` },
    run: () => openBulk(id),
    enabled: () => canBulk(id),
  })),
];

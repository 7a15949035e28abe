import { nodeKinds } from '../../engine/nodes/catalogue';
import type { NodeDef } from '../../engine/nodes/define';
import { type KindPage, pageOf } from '../../renderer/help/kind-page';
import type { Colours } from '../../renderer/picture/scene';

export interface Page {
  readonly type: string;
  readonly markdown: string;
  readonly picture: string;
}

/** A page for every kind, all from its definition: what it does, its figure, formula, parameters, cost, source. */
export const nodePages = (light: Colours, dark: Colours): readonly Page[] =>
  nodeKinds.map((def) => {
    const page = pageOf(def, { light, dark });
    return { type: def.type, markdown: markdownOf(page), picture: page.picture };
  });

function markdownOf({ title, help, composite, type, formula, params, cost, source }: KindPage): string {
  const parts = [
    `# ${title}`,
    help,
    `![${title}${composite ? ', opened' : ''}](pictures/${type}.svg)`,
    ...(formula ? ['## Formula', `\`\`\`\n${formula}\n\`\`\``] : []),
    ...(params.length > 0 ? ['## Parameters', table(params)] : []),
    '## Cost',
    ['| of the figure | |', '|---|---|', ...cost.map(([a, b]) => `| ${a} | ${b} |`)].join('\n'),
    '## Source',
    `${source}.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(params: KindPage['params']): string {
  const rows = params.map(({ title, name, start, meaning, options }) => {
    const choices = options.map((o) => `\`${o}\``).join(', ');
    return `| ${title} | \`${name}\` | ${start} | ${[meaning, choices].filter(Boolean).join('; ')} |`;
  });
  return ['| parameter | in the file | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The list of all pages by category. */
export function indexPage(pages: readonly Page[]): string {
  const byCategory = new Map<string, NodeDef[]>();
  for (const def of nodeKinds) byCategory.set(def.category, [...(byCategory.get(def.category) ?? []), def]);
  const sections = [...byCategory].map(
    ([category, defs]) =>
      `## ${TITLES[category] ?? category}\n\n${defs.map((d) => `- [${d.title}](${d.type}.md)`).join('\n')}`,
  );
  return `# Node kinds\n\n${pages.length} kinds, each with its figure, parameters, cost and source. The pages are made from the\ndefinitions in \`engine/nodes\`.\n\n${sections.join('\n\n')}\n`;
}
const TITLES: Readonly<Record<string, string>> = {
  io: 'Ends',
  conv: 'Convolutions',
  norm: 'Normalisation',
  activation: 'Activations',
  pool: 'Pooling',
  merge: 'Joining and shaping',
  dense: 'Dense',
  block: 'Blocks',
  regularisation: 'Regularisation',
};

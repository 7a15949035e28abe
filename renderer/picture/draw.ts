import type { Analysis } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { canvasPicture } from './canvas-picture';
import { type FigureOptions, figurePicture } from './figure/figure';
import type { FontFile } from './fonts';
import { type PictureTheme, THEMES } from './palette';
import type { Picture } from './scene';
import { toSvg } from './svg';
import { toTikz } from './tikz';

/** What a picture shows, and how. The window and the terminal choose among the same. */
export interface PictureChoice extends Required<Omit<FigureOptions, 'only'>> {
  readonly style: 'canvas' | 'figure';
  readonly theme: PictureTheme;
  /** Whether the ground is painted in the theme's colour. */
  readonly ground: boolean;
  /** Of the canvas: bars for each node's share of the cost. */
  readonly costs: boolean;
}

export const PLAIN_CHOICE: PictureChoice = {
  ...{ style: 'canvas', theme: 'light', ground: true, costs: true },
  ...{ scale: 'root', folding: 'auto', labels: 'all', legend: true },
};

/** @param only paths of the nodes to draw; left out, all */
export function drawPicture(
  doc: GraphDocument,
  analysis: Analysis,
  choice: PictureChoice,
  only?: readonly string[],
): Picture {
  const { style, costs, scale, folding, labels, legend } = choice;
  return style === 'canvas'
    ? canvasPicture(doc, analysis, { only, costs })
    : figurePicture(doc, analysis, { only, scale, folding, labels, legend });
}

type Look = Pick<PictureChoice, 'theme' | 'ground'>;

export const svgOf = (picture: Picture, { theme, ground }: Look, fonts: readonly FontFile[]): string =>
  toSvg(picture, { colours: THEMES[theme], ground: ground ? 0 : undefined, fonts });

export const tikzOf = (picture: Picture, { theme, ground }: Look): string =>
  toTikz(picture, { colours: THEMES[theme], ground });

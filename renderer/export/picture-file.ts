import type { ClipPicture, PictureFile } from '../../ipc/picture';
import { api } from '../app/bridge';
import { attempt, notify } from '../app/notices';
import { svgOf, tikzOf } from '../picture/draw';
import type { Picture } from '../picture/scene';
import { fontsHere } from './font-urls';
import type { PictureSettings } from './picture-state';
import { rasterise } from './rasterise';

/** The SVG of a picture with the fonts that it needs. */
export const fullSvg = async (picture: Picture, settings: PictureSettings): Promise<string> =>
  svgOf(picture, settings, await fontsHere(picture));

async function fileOf(picture: Picture, settings: PictureSettings): Promise<PictureFile> {
  const { format } = settings;
  if (format === 'tex') return { format, text: tikzOf(picture, settings) };
  const text = await fullSvg(picture, settings);
  const { width, height } = picture.box;
  if (format === 'svg') return { format, text };
  if (format === 'pdf') return { format, text, width, height };
  return { format, bytes: await rasterise(text, picture.box, settings.pixels) };
}

/** Asks where to and writes the file. @returns whether it was written */
export async function savePicture(picture: Picture, settings: PictureSettings): Promise<boolean> {
  const path = await attempt('Exporting the picture', async () =>
    api.call['picture.save']({ name: picture.name, picture: await fileOf(picture, settings) }),
  );
  if (path) notify(`Exported to ${path}`);
  return Boolean(path);
}

/** The text of an SVG or of LaTeX; else the pixels. */
export async function copyPicture(picture: Picture, settings: PictureSettings): Promise<boolean> {
  const done = await attempt('Copying the picture', async () => {
    await api.call['picture.copy'](await clipOf(picture, settings));
    return true;
  });
  if (done) notify(COPIED[settings.format]);
  return done === true;
}

async function clipOf(picture: Picture, settings: PictureSettings): Promise<ClipPicture> {
  const { format, pixels } = settings;
  if (format === 'tex') return { format: 'text', text: tikzOf(picture, settings) };
  const text = await fullSvg(picture, settings);
  if (format === 'svg') return { format: 'text', text };
  return { format: 'png', bytes: await rasterise(text, picture.box, pixels) };
}

const COPIED: Readonly<Record<PictureSettings['format'], string>> = {
  svg: 'The SVG is on the clipboard, as text',
  tex: 'The LaTeX source is on the clipboard',
  png: 'The picture is on the clipboard',
  pdf: 'The picture is on the clipboard',
};

import { useState } from 'react';
import type { Picture } from '../picture/scene';
import { Dialog } from '../ui/Dialog';
import { formatCount } from '../ui/format';
import { PictureChoices } from './PictureChoices';
import { copyPicture, savePicture } from './picture-file';
import { type PictureSettings, usePictures } from './picture-state';
import { fitsCanvas } from './rasterise';
import { usePicture, usePreviewUrl } from './use-picture';
import './picture-dialog.css';

/** A picture of the net, looked at while it is chosen how it is made, and then saved or copied. */
export function PictureDialog() {
  const open = usePictures((s) => s.open);
  const close = usePictures((s) => s.close);
  if (!open) return null;
  return (
    <Dialog title="Export picture" width={1080} onClose={close}>
      <Body />
    </Dialog>
  );
}

function Body() {
  const settings = usePictures((s) => s.settings);
  const picture = usePicture(settings);
  return (
    <div className="pe">
      <Preview picture={picture} settings={settings} />
      <div className="pe-side">
        <PictureChoices picture={picture} />
        <Actions picture={picture} settings={settings} />
      </div>
    </div>
  );
}

interface Shown {
  readonly picture: Picture;
  readonly settings: PictureSettings;
}

function Preview({ picture, settings }: Shown) {
  const url = usePreviewUrl(picture, settings);
  const empty = picture.marks.length === 0;
  const tone = settings.ground ? '' : ` clear ${settings.theme}`;
  return (
    <figure className="pe-preview">
      <div className={`pe-paper${tone}`}>
        {empty ? (
          <p className="quiet">Nothing here has a shape yet: there is nothing to draw.</p>
        ) : (
          url && (
            <img src={url} alt={`${picture.name}, as it will be exported`} data-testid="picture-preview" />
          )
        )}
      </div>
      <figcaption aria-live="polite">{sizeWords(picture, settings)}</figcaption>
    </figure>
  );
}

/** `1,163 × 318 points`; of a PNG its pixels. */
function sizeWords({ box }: Picture, { format, pixels }: PictureSettings): string {
  const by = format === 'png' ? pixels : 1;
  const unit = format === 'png' ? 'pixels' : 'points';
  return `${formatCount(Math.round(box.width * by))} × ${formatCount(Math.round(box.height * by))} ${unit}`;
}

function Actions({ picture, settings }: Shown) {
  const [busy, setBusy] = useState(false);
  const close = usePictures((s) => s.close);
  const empty = picture.marks.length === 0;
  const large = settings.format === 'png' && !fitsCanvas(picture.box, settings.pixels);
  const act = (work: typeof savePicture, after?: () => void) => async () => {
    setBusy(true);
    const done = await work(picture, settings);
    setBusy(false);
    if (done) after?.();
  };
  const off = busy || empty || large;
  return (
    <div className="pe-acts">
      {large && (
        <p className="pe-fault" role="alert">
          Too many pixels for a PNG. Choose a smaller scale, or SVG or PDF.
        </p>
      )}
      <button type="button" className="btn" disabled={off} onClick={act(copyPicture)}>
        Copy
      </button>
      <button type="button" className="btn accent" disabled={off} onClick={act(savePicture, close)}>
        {busy ? 'Working…' : 'Save…'}
      </button>
    </div>
  );
}

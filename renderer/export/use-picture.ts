import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { analysisOf, useDocument, useEditor } from '../app/store';
import { drawPicture } from '../picture/draw';
import type { Picture } from '../picture/scene';
import { fullSvg } from './picture-file';
import type { PictureSettings } from './picture-state';

/** The picture of the document as the settings say. */
export function usePicture(settings: PictureSettings): Picture {
  const doc = useDocument();
  const selected = useEditor((s) => s.selection.nodes);
  return useMemo(() => {
    const only = settings.part === 'selection' ? selected : undefined;
    return drawPicture(doc, analysisOf(doc), settings, only);
  }, [doc, settings, selected]);
}

/** The address of the picture's SVG, to be looked at; what was drawn before until it is there. */
export function usePreviewUrl(picture: Picture, settings: PictureSettings): string | undefined {
  const drawn = useDeferredValue(picture);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let gone = false;
    let made: string | undefined;
    void fullSvg(drawn, settings).then((svg) => {
      if (gone) return;
      made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      setUrl(made);
    });
    return () => {
      gone = true;
      // the next one is on screen by then
      if (made) setTimeout(URL.revokeObjectURL, 2000, made);
    };
  }, [drawn, settings]);
  return url;
}

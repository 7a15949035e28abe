import { type ReactNode, useId } from 'react';
import { useEditor } from '../app/store';
import type { Picture } from '../picture/scene';
import { Segments } from '../ui/Segments';
import { Select } from '../ui/Select';
import { Switch } from '../ui/Switch';
import { type PictureFormat, type PictureSettings, usePictures } from './picture-state';
import { fitsCanvas } from './rasterise';

type Choose = (patch: Partial<PictureSettings>) => void;
interface Part {
  readonly settings: PictureSettings;
  readonly choose: Choose;
}

/** What the picture shows, how it looks, and in which format it is written. */
export function PictureChoices({ picture }: { readonly picture: Picture }) {
  const settings = usePictures((s) => s.settings);
  const choose = usePictures((s) => s.choose);
  const part = { settings, choose };
  return (
    <div className="pe-choices">
      <Content {...part} />
      {settings.style === 'figure' ? <FigureChoices {...part} /> : <CanvasChoices {...part} />}
      <Looks {...part} />
      <Format {...part} picture={picture} />
    </div>
  );
}

function Row({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="pe-row">
      <span aria-hidden="true">{title}</span>
      {children}
    </div>
  );
}

function Toggle({
  title,
  on,
  onChange,
}: {
  readonly title: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <div className="pe-row toggle">
      <span aria-hidden="true">{title}</span>
      <Switch label={title} checked={on} onChange={onChange} />
    </div>
  );
}

function Content({ settings, choose }: Part) {
  const selected = useEditor((s) => s.selection.nodes.length);
  return (
    <>
      <Row title="Style">
        <Segments
          label="Style"
          value={settings.style}
          segments={[
            { value: 'canvas', label: 'Canvas' },
            { value: 'figure', label: 'Paper figure' },
          ]}
          onChange={(style) =>
            choose({ style, ...(style === 'canvas' && settings.format === 'tex' && { format: 'svg' }) })
          }
        />
      </Row>
      {selected > 0 && (
        <Row title="Part">
          <Segments
            label="Part"
            value={settings.part}
            segments={[
              { value: 'all', label: 'Whole net' },
              { value: 'selection', label: 'Selection' },
            ]}
            onChange={(part) => choose({ part })}
          />
        </Row>
      )}
    </>
  );
}

const CanvasChoices = ({ settings, choose }: Part) => (
  <Toggle title="Bars of cost" on={settings.costs} onChange={(costs) => choose({ costs })} />
);

const SCALES = ['root', 'log', 'linear'] as const;
const SCALE_TITLES = { root: 'Square root', log: 'Logarithm', linear: 'True to scale' };
const FOLDS = ['auto', 'none', 'repeats', 'stages'] as const;
const FOLD_TITLES = {
  auto: 'As needed',
  none: 'Nothing',
  repeats: 'What repeats',
  stages: 'Whole stages',
};

function FigureChoices({ settings, choose }: Part) {
  return (
    <>
      <Row title="Sizes">
        <Select
          label="Scale of the sizes"
          options={SCALES}
          value={settings.scale}
          titleOf={(s) => SCALE_TITLES[s as PictureSettings['scale']]}
          onChange={(scale) => choose({ scale: scale as PictureSettings['scale'] })}
        />
      </Row>
      <Row title="Fold">
        <Select
          label="What is folded into one"
          options={FOLDS}
          value={settings.folding}
          titleOf={(f) => FOLD_TITLES[f as PictureSettings['folding']]}
          onChange={(folding) => choose({ folding: folding as PictureSettings['folding'] })}
        />
      </Row>
      <Row title="Labels">
        <Segments
          label="Labels"
          value={settings.labels}
          segments={[
            { value: 'all', label: 'All' },
            { value: 'sizes', label: 'Sizes' },
            { value: 'none', label: 'None' },
          ]}
          onChange={(labels) => choose({ labels })}
        />
      </Row>
      <Toggle title="Legend" on={settings.legend} onChange={(legend) => choose({ legend })} />
    </>
  );
}

function Looks({ settings, choose }: Part) {
  return (
    <>
      <Row title="Theme">
        <Segments
          label="Theme of the picture"
          value={settings.theme}
          segments={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => choose({ theme })}
        />
      </Row>
      <Toggle title="Background" on={settings.ground} onChange={(ground) => choose({ ground })} />
    </>
  );
}

const NOTES: Readonly<Record<PictureFormat, string>> = {
  svg: 'Lines and text, sharp at every size. The fonts are inside.',
  png: 'Pixels, for slides and the web.',
  pdf: 'Lines and text on one page, for papers.',
  tex: 'TikZ source that compiles as it stands, to be changed by hand.',
};

function Format({ settings, choose, picture }: Part & { readonly picture: Picture }) {
  const { format, style, pixels } = settings;
  const formats: readonly PictureFormat[] =
    style === 'figure' ? ['svg', 'png', 'pdf', 'tex'] : ['svg', 'png', 'pdf'];
  const note = useId();
  return (
    <>
      <Row title="Format">
        <Segments
          label="Format"
          describedBy={note}
          value={format}
          segments={formats.map((f) => ({ value: f, label: f === 'tex' ? 'TikZ' : f.toUpperCase() }))}
          onChange={(next) => choose({ format: next })}
        />
      </Row>
      {format === 'png' && (
        <Row title="Scale">
          <Segments
            label="Pixels for each point"
            value={pixels}
            segments={([1, 2, 4] as const).map((n) => ({
              ...{ value: n, label: `${n}×` },
              ...(fitsCanvas(picture.box, n) ? {} : { name: `${n}×, too large for a PNG` }),
            }))}
            onChange={(n) => choose({ pixels: n })}
          />
        </Row>
      )}
      <p className="quiet" id={note}>
        {NOTES[format]}
      </p>
    </>
  );
}

import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Version } from '../../ipc/contract';
import { save } from '../app/files';
import { analysisOf, useEditor } from '../app/store';
import { formatCount, formatShort } from '../ui/format';
import { Thumb, useSeen } from './Thumb';
import {
  compareVersion,
  deleteVersion,
  keepVersion,
  readVersion,
  readVersions,
  restoreVersion,
  useVersions,
} from './versions-store';

/** Named states of the graph, kept in a file beside its own. */
export function VersionList() {
  const path = useEditor((s) => s.path);
  useEffect(() => {
    if (path !== null) void readVersions(path);
  }, [path]);
  if (path === null) return <NoFile />;
  return (
    <>
      <NameForm />
      <Rows path={path} />
    </>
  );
}

function NoFile() {
  return (
    <div className="pp-note">
      <p>Versions lie in a file beside the graph’s. This graph has no file yet.</p>
      <button type="button" className="btn small accent" onClick={() => void save()}>
        Save the graph…
      </button>
    </div>
  );
}

function NameForm() {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    if (await keepVersion(name)) setName('');
    setBusy(false);
    field.current?.focus();
  };
  return (
    <form className="pp-form" onSubmit={(event) => void onSubmit(event)}>
      <label className="entry">
        <span className="visually-hidden">Name of the version</span>
        <input
          ref={field}
          type="text"
          maxLength={200}
          placeholder="Name of the version"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="btn small accent" disabled={busy}>
        Keep
      </button>
    </form>
  );
}

function Rows({ path }: { readonly path: string }) {
  const list = useVersions((s) => (s.path === path ? s.list : null));
  if (list === null) return null;
  if (list.length === 0)
    return <p className="pp-note">No versions yet. Keep one before you try something.</p>;
  return (
    <ol className="pp-list">
      {list.map((version) => (
        <Row key={version.id} path={path} version={version} />
      ))}
    </ol>
  );
}

function Row({ path, version }: { readonly path: string; readonly version: Version }) {
  const { id, name, saved } = version;
  const [box, seen] = useSeen();
  const doc = useVersions((s) => s.docs[id]);
  useEffect(() => {
    if (seen) void readVersion(path, id);
  }, [seen, path, id]);
  return (
    <li className="pp-version">
      <Thumb doc={doc ?? null} />
      <span ref={box} className="pp-words">
        <b title={name}>{name}</b>
        <small>{timeOf(saved)}</small>
        <small>{doc ? figuresOf(doc) : doc === null ? 'cannot be read here' : ''}</small>
      </span>
      <span className="pp-acts">
        <button type="button" className="btn small" onClick={() => void restoreVersion(path, version)}>
          Restore
        </button>
        <button type="button" className="btn small" onClick={() => void compareVersion(path, version)}>
          Compare
        </button>
        <button type="button" className="btn small ghost" onClick={() => void deleteVersion(path, version)}>
          Delete
        </button>
      </span>
    </li>
  );
}

function figuresOf(doc: Parameters<typeof analysisOf>[0]): string {
  const { total } = analysisOf(doc);
  const nodes = Object.keys(doc.nodes).length;
  return `${nodes} nodes, ${formatCount(total.params.trainable)} params, ${formatShort(total.macs)} MACs`;
}

function timeOf(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

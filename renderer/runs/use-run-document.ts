import { useEffect, useState } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';

/** The graph as it was trained, with the settings that the run began with. */
export function useRunDocument(id: string): GraphDocument | undefined {
  const [found, setFound] = useState<{ id: string; doc: GraphDocument }>();
  useEffect(() => {
    let current = true;
    void attempt('Reading the graph of the run', () => api.call['run.document'](id)).then((doc) => {
      if (current && doc) setFound({ id, doc });
    });
    return () => {
      current = false;
    };
  }, [id]);
  return found?.id === id ? found.doc : undefined;
}

import { useEffect, useState } from 'react';
import { Icon } from '../ui/Icon';
import { openDropped } from './files';
import './drop-file.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** A graph file that is dropped anywhere on the window is opened. */
export function DropFile() {
  const over = useFileDrop();
  if (!over) return null;
  return (
    <div className="df">
      <p>
        <Icon name="file" size={18} />
        Drop the graph file to open it
      </p>
    </div>
  );
}

function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // leaving for another element of the page says where to; leaving the window does not
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void openDropped(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}

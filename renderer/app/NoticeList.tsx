import { useEffect } from 'react';
import { Repairs } from '../problems/Repairs';
import { Icon } from '../ui/Icon';
import { type Notice, useNotices } from './notices';
import './notices.css';

/** What went well leaves after this; a fault stays until it is closed. */
const MILLISECONDS = 6000;
const ICONS = { danger: 'error', info: 'info', ok: 'check' } as const;

/** Messages of the window, in the corner. */
export function NoticeList() {
  const notices = useNotices((s) => s.notices);
  return (
    <section className="nt" aria-label="Messages" aria-live="polite">
      {notices.map((n) => (
        <Message key={n.id} notice={n} />
      ))}
    </section>
  );
}

function Message({ notice }: { readonly notice: Notice }) {
  const { id, tone, text, fault } = notice;
  const dismiss = useNotices((s) => s.dismiss);
  useEffect(() => {
    if (fault) return;
    const timer = setTimeout(() => dismiss(id), MILLISECONDS);
    return () => clearTimeout(timer);
  }, [id, fault, dismiss]);
  return (
    <div className={`nt-card ${tone}`} role={fault ? 'alert' : 'status'}>
      <span className="nt-sign">
        <Icon name={ICONS[tone]} size={16} />
      </span>
      <div className="nt-text" data-selectable>
        <p className="nt-what">{text}</p>
        {fault && (
          <>
            <p className="nt-why">{fault.why}</p>
            <p className="nt-remedy">{fault.remedy}</p>
            {fault.place.file && <p className="nt-file">{fault.place.file}</p>}
          </>
        )}
        {fault && fault.repairs.length > 0 && (
          <div className="nt-repairs">
            <Repairs problem={fault} />
          </div>
        )}
      </div>
      <button
        type="button"
        className="btn icon ghost"
        aria-label="Close the message"
        onClick={() => dismiss(id)}
      >
        <Icon name="close" size={13} />
      </button>
    </div>
  );
}

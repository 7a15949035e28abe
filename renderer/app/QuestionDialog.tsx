import { AlertDialog } from 'radix-ui';
import { useSession } from './session';
import '../ui/controls.css';
import '../ui/dialog.css';

/** A question that must be answered before the work goes on. */
export function QuestionDialog() {
  const question = useSession((s) => s.question);
  if (!question) return null;
  const { title, text, answers, answer } = question;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && answer(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dg-scrim" />
        <AlertDialog.Content className="dg ask">
          <AlertDialog.Title className="dg-title">{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className="dg-acts">
            {answers.map(({ id, label, tone }) => (
              <button type="button" key={id} className={`btn ${tone ?? ''}`} onClick={() => answer(id)}>
                {label}
              </button>
            ))}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import { useState } from 'react';
import { openTemplate } from '../app/files';
import { useSession } from '../app/session';
import { useRuns } from '../runs/run-store';
import { Segments } from '../ui/Segments';
import { BallChart } from './BallChart';
import type { Ball } from './ball-layout';
import { type Field, useBalls } from './use-balls';
import './balls.css';

const FIELDS: readonly { readonly value: Field; readonly label: string }[] = [
  { value: 'imagenet', label: 'ImageNet' },
  { value: 'cifar', label: 'CIFAR-10' },
  { value: 'own', label: 'Own runs' },
];

/** The Compare workspace: many nets by accuracy and cost. */
export function BallsPage() {
  const [field, setField] = useState<Field>('imagenet');
  const balls = useBalls(field);
  return (
    <div className="balls-page">
      <div className="balls-bar">
        <Segments<Field> label="Nets" segments={FIELDS} value={field} onChange={setField} />
        <p>
          {field === 'own'
            ? 'Your finished runs by their test accuracy.'
            : 'Published accuracies of the templates; the area of a ball is its parameters.'}
        </p>
      </div>
      {balls.length > 0 ? (
        <BallChart balls={balls} onOpen={open} />
      ) : (
        <p className="balls-none">
          {field === 'own'
            ? 'No finished run yet: train a net and it appears here.'
            : 'Reading the templates…'}
        </p>
      )}
    </div>
  );
}

function open(ball: Ball): void {
  if (ball.own) {
    void useRuns.getState().select(ball.id);
    useSession.getState().show('runs');
    return;
  }
  useSession.getState().show('design');
  void openTemplate(ball.id);
}

import { Component, type ErrorInfo, type ReactNode } from 'react';
import { reportError } from './notices';
import '../ui/controls.css';
import './boundary.css';

interface BoundaryProps {
  /** The part of the window, as a subject: `The canvas`. */
  readonly part: string;
  readonly children: ReactNode;
}

/** Keeps a fault of ours in one part from taking the window, and the user's unsaved work, with it. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
    reportError(error, this.props.part);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="bd" role="alert">
        <p>{this.props.part} cannot be shown. Your graph is safe: undo, save and the commands still work.</p>
        <button type="button" className="btn" onClick={() => this.setState({ failed: false })}>
          Show it again
        </button>
      </div>
    );
  }
}

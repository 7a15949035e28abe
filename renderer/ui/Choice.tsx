import { DropdownMenu } from 'radix-ui';
import { Icon } from './Icon';
import type { SelectProps } from './Select';
import './controls.css';
import './choice.css';

interface ChoiceProps extends Omit<SelectProps, 'titleOf'> {
  /** The option that the pointer or the keyboard stands at; null when the list closes. */
  onPoint?: ((value: string | null) => void) | undefined;
}

/** One of many values, in a list that tells which of them is looked at: unlike the system's own, before it is taken. */
export function Choice({ label, options, value, disabled, describedBy, onChange, onPoint }: ChoiceProps) {
  const shown = value ?? 'mixed';
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open || onPoint?.(null)}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="choice"
          disabled={disabled}
          aria-label={`${label}: ${shown}`}
          aria-describedby={describedBy}
        >
          <span>{shown}</span>
          <Icon name="down" size={12} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="choice-list"
          align="start"
          sideOffset={3}
          collisionPadding={8}
          loop
          aria-label={label}
          // its letters find options; they are no commands of the window
          onKeyDown={(event) => event.stopPropagation()}
        >
          <DropdownMenu.RadioGroup value={value ?? ''} onValueChange={onChange}>
            {options.map((option) => (
              <DropdownMenu.RadioItem
                key={option}
                className="choice-item"
                value={option}
                onFocus={() => onPoint?.(option)}
              >
                <span className="choice-mark">
                  <DropdownMenu.ItemIndicator>
                    <Icon name="check" size={12} />
                  </DropdownMenu.ItemIndicator>
                </span>
                {option}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

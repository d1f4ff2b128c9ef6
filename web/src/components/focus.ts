import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Returns whether nothing has the focus, or only an element that the page itself focused. */
function hasNoFocus({ activeElement }: Document): boolean {
  return (
    activeElement === null ||
    activeElement === document.body ||
    activeElement.matches('dialog, [tabindex="-1"]')
  );
}

/** Focuses the first input of a form, unless the user has already focused something. */
export function useFocusFirstInput(form: RefObject<HTMLFormElement>): void {
  useEffect(() => {
    if (hasNoFocus(document)) form.current?.querySelector<HTMLElement>('input')?.focus();
  }, [form]);
}

/** Focuses the container when the step changes and the focused element is gone. */
export function useFocusOnChange(step: string): RefObject<HTMLDivElement> {
  const container = useRef<HTMLDivElement>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    if (hasNoFocus(document)) container.current?.focus();
  }, [step]);
  return container;
}

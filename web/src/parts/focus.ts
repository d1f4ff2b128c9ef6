import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Whether the focus stands where nobody put it: nowhere, or on what only holds it for the time being. */
function isFocusIdle({ activeElement }: Document): boolean {
  return (
    activeElement === null ||
    activeElement === document.body ||
    activeElement.matches('dialog, [tabindex="-1"]')
  );
}

/** Puts the focus on the first thing to fill in once it is there, unless the user has put it somewhere already. */
export function useFirstFocus(form: RefObject<HTMLFormElement>): void {
  useEffect(() => {
    if (isFocusIdle(document)) form.current?.querySelector<HTMLElement>('input')?.focus();
  }, [form]);
}

/** When one step gives way to another, what had the focus may be gone: it goes to the place of the new step. */
export function useFocusOnChange(step: string): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    if (isFocusIdle(document)) place.current?.focus();
  }, [step]);
  return place;
}

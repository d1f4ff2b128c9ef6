import { allowedLogo } from '../api/page-settings.js';

/** Number of colours for initials; the name decides which one a bank has. */
const HUES = 6;

function hueOf(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9_973;
  return sum % HUES;
}

function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}

export interface BankMarkProps {
  readonly name: string;
  readonly logoUrl?: string | null | undefined;
}

/**
 * The bank's logo, or its initials if the logo may not be loaded. Hidden from screen readers, because the name stands
 * beside it.
 */
export function BankMark({ name, logoUrl = null }: BankMarkProps) {
  const logo = allowedLogo(logoUrl);
  if (logo !== null) return <img className="mark" src={logo} alt="" width="44" height="44" />;
  return (
    <span className="mark" data-hue={hueOf(name)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

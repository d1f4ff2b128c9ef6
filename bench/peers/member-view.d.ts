export interface StatusRow {
  readonly action: string;
  readonly isTerminal: boolean;
  readonly message: string | null;
}
export function statusRow(word: string): StatusRow | undefined;
export function namesInstitution(row: StatusRow): boolean;
export function userMessage(row: StatusRow, institutionName: string): string | null;
export function requiredAction(row: StatusRow, isBeingAggregated: boolean): string;
export function isTerminal(row: StatusRow, isBeingAggregated: boolean): boolean;

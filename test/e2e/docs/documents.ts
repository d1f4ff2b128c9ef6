/** The documents whose code blocks are tested. */
export const DOCUMENTS = [
  'README.md',
  'docs/guide.md',
  'docs/frontend.md',
  'docs/sandbox.md',
  'docs/errors.md',
  'docs/federation.md',
  'docs/languages.md',
  'docs/operations/README.md',
];

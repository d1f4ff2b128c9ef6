import type { Context } from './context.js';
import { ApiError } from '../errors/api-error.js';
import type { Catalogue } from '../messages/messages.js';

/** The sentences in a language that a field was asked for in, else in that of the request; throws BAD_USER_INPUT. */
export function catalogueFor(locale: string | null | undefined, { services, catalogue }: Context): Catalogue {
  if (locale === null || locale === undefined) return catalogue;
  const wanted = services.messages.inLocale(locale);
  if (wanted) return wanted;
  throw new ApiError(
    'BAD_USER_INPUT',
    'Expected the "locale" to be a BCP 47 language tag, such as es or fr-CA.',
  );
}

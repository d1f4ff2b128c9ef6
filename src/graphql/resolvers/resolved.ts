/**
 * The resolvers that a type still needs: none for a field that its parent object has as a property of the same name.
 * A field that is neither a property nor a resolver does not compile.
 */
export type Resolved<Resolvers, Parent> = Omit<Resolvers, keyof Parent | '__isTypeOf'>;

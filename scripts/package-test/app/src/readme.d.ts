/** What the README's code takes for granted: a tagged template that talks to a database. */
declare function sql<Rows extends readonly unknown[] = readonly unknown[]>(
  text: TemplateStringsArray,
  ...values: unknown[]
): Promise<Rows>;

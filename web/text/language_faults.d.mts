type Texts = Readonly<Record<string, unknown>>;
export function faultsOf(english: Texts, own: Texts): string[];

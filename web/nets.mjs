// The nets that are shipped, and the cards that tell of them.
export const kNets = ['cells', 'finder'];
export const kCards = [...kNets, 'quality'];

// Elements in one expression; no view writes HTML as text.
type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean>>;

const kSvg = 'http://www.w3.org/2000/svg';

function fill(node: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null));
}

/** `true` sets an attribute without a value, `false` leaves it away. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Tag] {
  const node = document.createElementNS(kSvg, tag);
  fill(node, attributes, children);
  return node;
}

export function button(label: string, style: string, pressed: () => void): HTMLButtonElement {
  const node = element('button', { type: 'button', class: style }, label);
  node.addEventListener('click', pressed);
  return node;
}

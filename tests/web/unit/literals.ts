// Finds words for people that stand in the page's code instead of in the files of its languages.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Node, SourceFile, TemplateLiteral } from 'typescript';

const ts = createRequire(join(process.cwd(), 'web/package.json'))(
  'typescript',
) as typeof import('typescript');

const kSpoken = /\b(?:aria-label|aria-description|aria-roledescription|alt|title|placeholder)$/;
/** The product's name is the same in every language; n and × are signs. */
const kNames = /\bLeukoLens\b|^n$/g;

function hasWords(words: string): boolean {
  return /\p{L}{2,}/u.test(words.replace(kNames, ''));
}

/** What a template of lit says itself: its text, and attributes that are spoken. */
function wordsOfTemplate(template: TemplateLiteral): string[] {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
  // A hole stands for something without letters, so that tags stay whole.
  const markup = parts.join('\u0000');
  const spoken = [...markup.matchAll(/\s([\w-]+)="([^"]*)"/g)]
    .filter(([, name = '']) => kSpoken.test(name))
    .map(([, , value = '']) => value);
  const written = markup.replace(/<!--[^]*?-->/g, '').split(/<[^>]*>/);
  return [...spoken, ...written].filter(hasWords);
}

function wordsIn(node: Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return hasWords(node.text) ? [node.text] : [];
  }
  if (ts.isConditionalExpression(node)) {
    return [...wordsIn(node.whenTrue), ...wordsIn(node.whenFalse)];
  }
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].filter(
    hasWords,
  );
}

/** element('p', { 'aria-label': … }, child, …), svg(…) and button(label, …). */
function wordsOfCall(node: Node): string[] {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return [];
  const [first, second] = node.arguments;
  if (node.expression.text === 'button') return first === undefined ? [] : wordsIn(first);
  if (node.expression.text !== 'element' && node.expression.text !== 'svg') return [];
  const attributes =
    second !== undefined && ts.isObjectLiteralExpression(second) ? second.properties : [];
  const spoken = [...attributes].flatMap((one) =>
    ts.isPropertyAssignment(one) &&
    (ts.isStringLiteral(one.name) || ts.isIdentifier(one.name)) &&
    kSpoken.test(one.name.text)
      ? wordsIn(one.initializer)
      : [],
  );
  return [...spoken, ...node.arguments.slice(2).flatMap(wordsIn)];
}

/** node.textContent = 'words' */
function wordsOfAssignment(node: Node): string[] {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) {
    return [];
  }
  const { left, right } = node;
  const isSpoken =
    ts.isPropertyAccessExpression(left) &&
    /^(textContent|innerText|title|alt|placeholder|ariaLabel)$/.test(left.name.text);
  return isSpoken ? wordsIn(right) : [];
}

/** Words that people would read, with the line they stand on. */
export function spokenLiterals(name: string, source: string): string[] {
  const file: SourceFile = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: Node): void => {
    const isTemplate =
      ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText(file));
    const words = isTemplate
      ? wordsOfTemplate(node.template)
      : [...wordsOfCall(node), ...wordsOfAssignment(node)];
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push(...words.map((one) => `${name}:${line + 1}: ${one.trim()}`));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

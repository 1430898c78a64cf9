import type { Node } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isRegularExpressionLiteral,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';
import { ROOT, sources } from './sources.ts';

/** A regular expression as it stands in the code. */
export interface Found {
  /** `path: /expression/flags` */
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

export interface Expressions {
  readonly literals: readonly Found[];
  /** Where one is put together while the bot runs, `path: new RegExp(…)`; nobody can try those. */
  readonly built: readonly string[];
}

/** Finds every regular expression in `src`, with the parser of the compiler itself. */
export function findExpressions(): Expressions {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProject: `${ROOT}tsconfig.json` }).getProjects();
    const literals: Found[] = [];
    const built: string[] = [];
    for (const { path } of sources('src', '.ts')) {
      const file = project?.program.getSourceFile(`${ROOT}${path}`);
      if (file === undefined) throw new Error(`The compiler does not know ${path}.`);
      const visit = (node: Node): void => {
        if (isRegularExpressionLiteral(node)) {
          const end = node.text.lastIndexOf('/');
          literals.push({
            at: `${path}: ${node.text}`,
            source: node.text.slice(1, end),
            flags: node.text.slice(end + 1),
          });
        }
        const isMade = isNewExpression(node) || isCallExpression(node);
        if (isMade && isIdentifier(node.expression) && node.expression.text === 'RegExp')
          built.push(`${path}: RegExp(…)`);
        node.forEachChild(visit);
      };
      visit(file);
    }
    return { literals, built };
  } finally {
    api.close();
  }
}

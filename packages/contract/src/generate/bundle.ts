import { operationsIn, resolved, within } from '../document/document.ts';
import type { Contract } from '../document/load.ts';

/**
 * The contract as one JSON document that refers to nothing outside of it, for tools that read one file. Each response
 * stands in its operation: orval cannot name those of `components`.
 */
export function bundledContract({ document }: Contract): string {
  const copy = structuredClone(document);
  for (const operation of operationsIn(copy)) {
    const responses: Record<string, object> = operation.node.responses;
    for (const [status, response] of Object.entries(operation.node.responses)) {
      responses[status] = resolved(copy, within(operation, response, 'responses', status)).node;
    }
  }
  const { components } = copy;
  const text = JSON.stringify({ ...copy, components: { ...components, responses: undefined } }, null, 2);
  return `${text.includes('"#/components/responses/') ? JSON.stringify(copy, null, 2) : text}\n`;
}

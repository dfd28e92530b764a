import type { Frame, Page } from 'playwright-core';

/** What would be a stranger's in a page. */
export interface Suspicion {
  /** Elements that the page never makes itself. */
  readonly elements: string;
  /** What only payloads have in an address, a style or a handler. */
  readonly marks: readonly string[];
}

export interface Census {
  /** Whether a script of a payload ran. */
  readonly hasRun: boolean;
  /** What is there by a payload's will, a line each. */
  readonly foreign: readonly string[];
}

/** Looks at all elements of a page and of the frames in it. */
export async function takeCensus(page: Page, suspicion: Suspicion): Promise<Census> {
  const found = await Promise.all(page.frames().map((frame) => inspect(frame, suspicion)));
  return {
    hasRun: found.some(({ hasRun }) => hasRun),
    foreign: [...new Set(found.flatMap(({ foreign }) => foreign))],
  };
}

async function inspect(frame: Frame, suspicion: Suspicion): Promise<Census> {
  try {
    return await frame.evaluate(lookAround, suspicion);
  } catch (error) {
    // A frame that goes away meanwhile shows nothing any more; one that goes elsewhere shows something else.
    if (frame.isDetached()) return { hasRun: false, foreign: [] };
    if (!String(error).includes('context was destroyed')) throw error;
    await frame.waitForLoadState();
    return await inspect(frame, suspicion);
  }
}

/** Runs in the page. */
function lookAround({ elements, marks }: Suspicion): Census {
  const live =
    /^(on.*|href|src|srcset|srcdoc|data|data-href|action|formaction|background|poster|ping|style|xlink:href)$/;
  const describe = (node: Element, attribute?: Attr) => {
    const value = attribute ? ` ${attribute.name}=${attribute.value.slice(0, 80)}` : '';
    return `<${node.tagName.toLowerCase()}${value}>`;
  };
  const foreign: string[] = [];
  const visit = (root: Document | ShadowRoot) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.matches(elements)) foreign.push(describe(node));
      for (const attribute of node.attributes) {
        const isMarked = marks.some((mark) => attribute.value.includes(mark));
        if (isMarked && live.test(attribute.name)) foreign.push(describe(node, attribute));
      }
      if (node.shadowRoot) visit(node.shadowRoot);
    }
  };
  visit(document);
  return { hasRun: 'hacked' in window, foreign };
}

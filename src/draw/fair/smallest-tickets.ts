/** A name with its ticket, in hexadecimal. */
export interface Ticket {
  readonly name: string;
  readonly ticket: string;
}

/** Keeps the `size` smallest of any number of tickets, in memory for no more than these: a heap with the highest on top. */
export class SmallestTickets {
  readonly #size: number;
  readonly #heap: Ticket[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Takes a ticket into account. The same name twice counts twice: the caller sees to that. */
  add(name: string, ticket: string): void {
    const [top] = this.#heap;
    if (this.#heap.length < this.#size) {
      this.#heap.push({ name, ticket });
      this.#rise(this.#heap.length - 1);
    } else if (top !== undefined && ticket <= top.ticket && compare({ name, ticket }, top) < 0) {
      this.#heap[0] = { name, ticket };
      this.#sink(0);
    }
  }

  /** The smallest, in their order. */
  inOrder(): readonly Ticket[] {
    return this.#heap.toSorted(compare);
  }

  #rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfHigher(index, parent)) return;
      index = parent;
    }
  }

  #sink(from: number): void {
    for (let index = from; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const child = this.#isHigher(right, left) ? right : left;
      if (!this.#swapIfHigher(child, index)) return;
      index = child;
    }
  }

  #isHigher(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && compare(a, b) > 0;
  }

  #swapIfHigher(child: number, parent: number): boolean {
    const [a, b] = [this.#heap[child], this.#heap[parent]];
    if (a === undefined || b === undefined || compare(a, b) <= 0) return false;
    this.#heap[child] = b;
    this.#heap[parent] = a;
    return true;
  }
}

/** By ticket; by name where two tickets were the same, which nobody will ever see. */
function compare(a: Ticket, b: Ticket): number {
  if (a.ticket !== b.ticket) return a.ticket < b.ticket ? -1 : 1;
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

/**
 * Finds out which keys come more than once among millions, in sixteen bytes a key: it remembers a 52-bit hash of each.
 * What it says is a suspicion (two keys may share a hash), but a key that does repeat is never missed.
 */
export class Repeats {
  #slots = new Float64Array(1 << 12);
  #size = 0;
  readonly #repeated = new Set<number>();

  add(key: string): void {
    const hash = hashOf(key);
    if (!this.#insert(hash)) this.#repeated.add(hash);
  }

  /** Whether anything may have come twice. */
  get any(): boolean {
    return this.#repeated.size > 0;
  }

  /** Whether this key may have come twice. */
  has(key: string): boolean {
    return this.#repeated.size > 0 && this.#repeated.has(hashOf(key));
  }

  /** No more keys will be added: only what repeats is kept. */
  close(): void {
    this.#slots = new Float64Array(0);
  }

  #insert(hash: number): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    if (!place(this.#slots, hash)) return false;
    this.#size++;
    return true;
  }

  #grow(): void {
    const slots = new Float64Array(this.#slots.length * 2);
    for (const hash of this.#slots) if (hash !== 0) place(slots, hash);
    this.#slots = slots;
  }
}

/** Linear probing; 0 is an empty slot. */
function place(slots: Float64Array, hash: number): boolean {
  const mask = slots.length - 1;
  for (let at = hash % slots.length; ; at = (at + 1) & mask) {
    if (slots[at] === hash) return false;
    if (slots[at] === 0) {
      slots[at] = hash;
      return true;
    }
  }
}

/** Two FNV-1a hashes with different seeds, side by side in the 52 bits that a double holds exactly; never 0. */
function hashOf(key: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0) || 1;
}

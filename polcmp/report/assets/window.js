// Which rows and columns of a large matrix are in sight. Numbers only; draws nothing.

const STEP = 8; // rows or columns by which the drawn part moves on: each move draws anew

/** Sizes in pixels. Cells grow to fill the width when there are few. */
function gridSizes(model, width) {
  const narrow = width < 640;
  const head = narrow ? 124 : 220;
  if (model.dense) return { head, top: model.turned ? 132 : 204, column: 36, row: 30 };
  const column = Math.min(420, Math.max(narrow ? 116 : 124, Math.floor((width - head - 2) / model.columns.length)));
  return { head, top: 74, column, row: 52 };
}

/** First and last (exclusive) of `count` things of `size` that are in sight, with some to spare. */
function inSight(offset, extent, size, count) {
  const first = Math.max(0, Math.floor(offset / size / STEP) * STEP - STEP);
  const last = Math.min(count, Math.ceil((offset + extent) / size / STEP) * STEP + STEP);
  return [first, last];
}

/** Where to scroll so that a thing is wholly in sight beside a sticky head of `head` pixels. */
function scrolledTo(offset, extent, head, size, at) {
  if (at < 0) return offset;
  if (at * size < offset) return at * size;
  return Math.max(offset, head + (at + 1) * size - extent);
}

// Moving in the matrix by keyboard and mouse. One place of it takes the focus; row and column -1 are the heads.

function clampActive() {
  const { active, model } = grid;
  active.row = Math.max(-1, Math.min(active.row, model.rows.length - 1));
  active.column = Math.max(-1, Math.min(active.column, model.columns.length - 1));
}

/** What takes the focus at a place: a cell itself, a head's button. */
function elementAt(row, column) {
  const place = grid.sheet.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  return row < 0 || column < 0 ? place?.querySelector('button') : place;
}

const activeElement = () => elementAt(grid.active.row, grid.active.column);

/** Exactly one place of the matrix is in the order of the tab key: the active one, else the first drawn. */
function markActive() {
  for (const other of grid.sheet.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', -1);
  const element = activeElement() ?? grid.sheet.querySelector('.cell');
  element?.setAttribute('tabindex', 0);
}

function focusOn(row, column) {
  activeElement()?.setAttribute('tabindex', -1);
  grid.active = { row, column };
  clampActive();
  const { scroller, sizes, active } = grid;
  scroller.scrollTop = scrolledTo(scroller.scrollTop, scroller.clientHeight, sizes.top, sizes.row, active.row);
  scroller.scrollLeft = scrolledTo(scroller.scrollLeft, scroller.clientWidth, sizes.head, sizes.column, active.column);
  drawGrid();
  const element = activeElement();
  element?.setAttribute('tabindex', 0);
  element?.focus({ preventScroll: true });
}

/** The cell of a region and a measure takes the focus, if the matrix shows it. */
function focusPair([region, measure]) {
  if (state.view !== 'matrix' || !grid.model) return;
  const { turned, rows, columns } = grid.model;
  const row = rows.indexOf(turned ? measure : region);
  const column = columns.indexOf(turned ? region : measure);
  if (row >= 0 && column >= 0) focusOn(row, column);
}

function gridKey(event) {
  if (event.altKey || event.metaKey || event.target.matches('input')) return;
  const { row, column } = grid.active;
  const [lastRow, lastColumn] = [grid.model.rows.length - 1, grid.model.columns.length - 1];
  const page = Math.max(1, Math.floor((grid.scroller.clientHeight - grid.sizes.top) / grid.sizes.row) - 1);
  const moves = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    PageUp: [Math.max(0, row - page), column], PageDown: [row + page, column],
    Home: event.ctrlKey ? [0, 0] : [row, 0], End: event.ctrlKey ? [lastRow, lastColumn] : [row, lastColumn],
  };
  if (moves[event.key]) {
    const [toRow, toColumn] = moves[event.key];
    if (toRow < 0 && toColumn < 0) return event.preventDefault(); // the corner holds nothing
    focusOn(toRow, toColumn);
  } else if (event.key === 'Enter' && row >= 0 && column >= 0) {
    const [region, measure] = pairAt(row, column);
    openCell(region, measure, () => focusOn(row, column));
  } else if (event.key === ' ') {
    const things = grid.model.turned ? [column, grid.model.columns] : [row, grid.model.rows];
    if (things[0] >= 0) choose(things[1][things[0]]);
  } else return undefined;
  return event.preventDefault();
}

function gridClick(event) {
  const { target } = event;
  if (target.dataset.choose !== undefined) return choose(Number(target.dataset.choose));
  const place = target.closest('[data-row]');
  if (!place) return undefined;
  const [row, column] = [Number(place.dataset.row), Number(place.dataset.column)];
  const button = target.closest('button');
  if (button?.dataset.measure !== undefined) {
    const { id } = measures[Number(button.dataset.measure)];
    return go({ sort: state.sort === id ? undefined : id });
  }
  if (button?.dataset.region !== undefined) {
    return go({ view: 'beside', regions: [regions[Number(button.dataset.region)].name], region: undefined, measure: undefined });
  }
  if (row < 0 || column < 0) return undefined;
  activeElement()?.setAttribute('tabindex', -1);
  grid.active = { row, column };
  const [region, measure] = pairAt(row, column);
  return openCell(region, measure, () => focusOn(row, column));
}

/** Choose a region for side by side, or take it back. */
function choose(region) {
  const one = regions[region].name;
  const already = state.regions.includes(one);
  if (!already && state.regions.length >= 4) announce(say('at_most_four'));
  else go({ regions: already ? state.regions.filter((other) => other !== one) : [...state.regions, one] }, { replace: true });
  layGrid(); // a box that was ticked in vain is cleared again
}

/** The regions chosen, with the way to set them side by side. */
function showTray() {
  const tray = document.getElementById('tray');
  tray.hidden = !state.regions.length;
  tray.replaceChildren(...(state.regions.length ? [
    el('span', { class: 'quiet' }, say('chosen')),
    ...state.regions.map((one) => el('span', { class: 'chip' }, name(regionName(regionNumber.get(one))))),
    link({ view: 'beside', region: undefined, measure: undefined }, { class: 'button strong', id: 'set-beside' }, say('set_beside')),
    el('button', { type: 'button', class: 'button', on: { click: () => go({ regions: [] }) } }, say('unchoose')),
  ] : []));
}

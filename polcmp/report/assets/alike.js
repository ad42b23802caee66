// Likeness of regions as a small map, ordered so that like stands by like, with the tree that orders it.

function alikeView() {
  const { regions: order, values, of } = core.alike;
  const head = [el('h2', { id: 'view-title', tabindex: -1 }, say('alike_title'))];
  if (order.length < 2) return [...head, el('p', { class: 'empty' }, say('alike_few'))];
  return [
    ...head,
    el('p', { class: 'prose' }, say('alike_means')),
    of > order.length && alikeRest(order.length, of),
    el('div', { class: 'alike' }, el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say('alike_title') }, alikeMap(order, values)),
      el('div', {}, alikeScale(), alikePairs(order, values))),
  ];
}

/** The map: labels left and below, the tree right. One link a square would be thousands: clicks are shared. */
function alikeMap(order, values) {
  const side = order.length > 40 ? 12 : order.length > 16 ? 20 : 44;
  const label = Math.max(...order.map((region) => regionName(region).length)) * 13 + 12;
  const size = side * order.length;
  const tree = 130;
  const box = svg('svg', {
    class: 'alike-map', width: label + size + tree, height: size + label, role: 'img',
    'aria-label': `${say('alike_title')}. ${say('alike_pairs')}${say('colon')}${closest(order, values).slice(0, 3).map(pairWords).join('; ')}`,
    on: { click: (event) => event.target.dataset.pair && setBeside(event.target.dataset.pair.split(',').map(Number)) },
  });
  order.forEach((region, at) => {
    const middle = (at + 0.5) * side;
    box.append(svg('text', { x: label - 8, y: middle, class: 'map-label end' }, regionName(region)));
    box.append(svg('text', { transform: `translate(${label + middle},${size + 8}) rotate(90)`, class: 'map-label' }, regionName(region)));
    order.forEach((other, place) => box.append(alikeSquare(order, values, at, place, label, side)));
    if (side >= 44) {
      order.forEach((_, place) => place !== at && box.append(svg('text', {
        x: label + (place + 0.5) * side, y: middle, class: `map-value${values[at][place] >= 55 ? ' on-dark' : ''}`,
      }, `${values[at][place]}`)));
    }
  });
  box.append(treeLines(core.alike.tree, side, label + size + 6, tree - 16));
  return box;
}

function alikeSquare(order, values, at, place, label, side) {
  const value = values[at][place];
  const title = at === place ? regionName(order[at]) : pairWords({ one: order[at], other: order[place], value });
  return svg('rect', {
    x: label + place * side, y: at * side, width: side - 1, height: side - 1, class: at === place ? 'map-self' : 'map-square',
    'fill-opacity': at === place ? null : (0.04 + 0.96 * (value / 100)).toFixed(3), 'data-pair': at === place ? null : `${order[at]},${order[place]}`,
  }, svg('title', {}, title));
}

const pairWords = ({ one, other, value }) => say('alike_pair', { one: regionName(one), two: regionName(other), value });

function setBeside(pair) {
  go({ view: 'beside', regions: pair.map((region) => regions[region].name), region: undefined, measure: undefined });
}

/** The tree's brackets: the farther right two branches join, the less alike they are. */
function treeLines(tree, side, left, width) {
  const lines = svg('g', { class: 'map-tree' });
  const place = (node) => {
    if (typeof node === 'number') return { x: left, y: (node + 0.5) * side };
    const [a, b] = [place(node[0]), place(node[1])];
    const x = left + 4 + (1 - node[2]) * (width - 4);
    lines.append(svg('path', { d: `M${a.x} ${a.y}H${x}V${b.y}H${b.x}` }));
    return { x, y: (a.y + b.y) / 2 };
  };
  if (tree !== null) place(tree);
  return lines;
}

/** Pairs by likeness, the most alike first. */
function closest(order, values) {
  const pairs = [];
  order.forEach((one, at) => order.slice(0, at).forEach((other, place) => pairs.push({ one: other, other: one, value: values[at][place] })));
  return pairs.sort((a, b) => b.value - a.value || a.one - b.one || a.other - b.other);
}

function alikeScale() {
  return el('p', { class: 'scale quiet' }, '0 %', [0, 25, 50, 75, 100].map((value) =>
    svg('svg', { width: 22, height: 14, 'aria-hidden': 'true' }, svg('rect', { class: 'map-square', width: 22, height: 14, 'fill-opacity': 0.04 + 0.96 * (value / 100) }))), '100 %');
}

const MOST_PAIRS = 12; // of the table: a dozen lines stand beside the map

/** The same as a table, for those who cannot use the map. */
function alikePairs(order, values) {
  const pairs = closest(order, values);
  const least = pairs[MOST_PAIRS - 1]?.value;
  const more = pairs.slice(MOST_PAIRS).filter((one) => one.value === least).length;
  return el('table', { class: 'plain' }, el('caption', {}, say('alike_pairs')),
    el('tbody', {}, pairs.slice(0, MOST_PAIRS).map(({ one, other, value }) => el('tr', {},
      el('th', { scope: 'row' }, link({ view: 'beside', regions: [regions[one].name, regions[other].name] }, {},
        name(regionName(one)), ' – ', name(regionName(other)))),
      el('td', { class: 'amount' }, `${value} %`)))),
    more > 0 && el('tfoot', {}, el('tr', {}, el('td', { colspan: 2, class: 'quiet' }, say('alike_equal', { n: more })))));
}

/** With more regions than fit on the map: which they are, and those nearest to any one. */
function alikeRest(shown, of) {
  const near = regionNumber.get(state.near);
  const pick = (event) => regionNumber.has(event.target.value) && go({ near: event.target.value });
  return el('div', { class: 'alike-rest' }, el('p', { class: 'notice' }, say('alike_most', { n: shown, of, least: Math.min(...core.alike.regions.map((at) => regions[at].documents)) })),
    el('label', { class: 'field inline' }, el('span', {}, say('alike_pick')),
      el('input', { id: 'near', list: 'near-names', value: state.near ?? '', autocomplete: 'off', on: { change: pick } })),
    el('datalist', { id: 'near-names' }, regions.map((one) => el('option', { value: one.name }))),
    near !== undefined && nearestTable(near, 12));
}

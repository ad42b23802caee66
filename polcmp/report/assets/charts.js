// Bars for figures. One chart has one measure and one unit: numbers of different units never share an axis.

const MOST_BARS = 12;

const fullTitle = (measure, unit) => say('chart', { measure: measureName(measure), unit });
const unitTitle = (measure, unit) => say('chart_unit', { unit });

/** Charts for a measure, one for each unit that leads a cell; the unit of most regions first. */
function figureCharts(measure, among, title) {
  const units = new Map();
  for (const region of among) {
    const first = cellOf(region, measure)?.figures[0];
    if (first) units.set(first.unit, (units.get(first.unit) ?? 0) + 1);
  }
  return [...units.entries()].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .filter(([unit]) => unit !== 'ratio') // 6:3:1 has no length
    .map(([unit]) => barChart(measure, unit, figuresIn(measure, unit, among), title));
}

/** Each region's first figure in a unit. */
function figuresIn(measure, unit, among) {
  return among.map((region) => ({ region, figure: cellOf(region, measure)?.figures.find((one) => one.unit === unit) }))
    .filter(({ figure }) => figure);
}

/** One bar a region, the largest first, from zero. A range goes on to its upper end in a lighter bar. */
function barChart(measure, unit, bars, title) {
  const sorted = [...bars].sort((a, b) => top(b.figure) - top(a.figure) || a.region - b.region).slice(0, MOST_BARS);
  const largest = Math.max(...sorted.map(({ figure }) => top(figure)), 0) || 1;
  const single = sorted.length === 1; // nothing to set it against: no bar
  return el('figure', { class: single ? 'chart single' : 'chart' },
    el('figcaption', {}, title(measure, unit || say('no_unit'))),
    el('table', {}, el('tbody', {}, sorted.map(({ region, figure }) => el('tr', {},
      el('th', { scope: 'row' }, mark(stateOf(region, measure)), ' ', cellLink(region, measure, name(regionName(region)))),
      !single && el('td', {}, bar(figure, largest, stateOf(region, measure))),
      el('td', { class: 'bar-value' }, name(figureText(figure)))))),
      !single && el('tfoot', { 'aria-hidden': 'true' }, el('tr', {}, el('td'), el('td', { class: 'bar-axis' }, el('span', {}, '0'), el('span', {}, number(largest))), el('td')))),
    bars.length > sorted.length && el('p', { class: 'quiet' }, say('more', { n: bars.length - sorted.length })));
}

const top = (figure) => Math.max(figure.value, figure.high ?? 0);

function bar(figure, largest, kind) {
  const width = (value) => `${(100 * value) / largest}%`;
  const low = Math.min(figure.value, figure.high ?? figure.value);
  return svg('svg', { class: `bar is-${kind}`, 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'bar-range', x: 0, y: 0, height: '100%', width: width(top(figure)) }),
    svg('rect', { class: 'bar-solid', x: 0, y: 0, height: '100%', width: width(low) }));
}

/** A link that opens a cell without leaving the view. */
function cellLink(region, measure, ...children) {
  const changes = { region: regions[region].name, measure: measures[measure].id };
  return el('a', {
    href: hashWith(changes),
    on: {
      click: (event) => {
        event.preventDefault();
        openCell(region, measure, event.currentTarget);
      },
    },
  }, ...children);
}

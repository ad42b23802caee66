// What each measure counts and does not count, how many regions have it, and its figures.

function measuresView() {
  const all = regions.map((_, region) => region);
  unseenYet.clear();
  return [
    el('h2', { id: 'view-title', tabindex: -1 }, say('measures_title')),
    el('p', { class: 'prose quiet' }, sentences(say('figures_means'), say('bound_means'))),
    ...measures.map((one, measure) => measureCard(one, measure, all)),
  ];
}

function measureCard(one, measure, all) {
  const counts = countStatuses(measure, all);
  return el('section', { class: 'measure-card', id: `measure-${measure}` },
    el('div', { class: 'measure-words' },
      el('h3', {}, name(measureName(measure)), el('small', {}, name(otherName(measure)), ' ', el('code', {}, one.id))),
      meaning(measure),
      el('p', { class: 'quiet' }, say('have_it', { n: having(counts), of: regions.length }), spread(counts, all.length)),
      el('p', {}, link({ view: 'matrix', sort: one.id, measures: [one.id] }, { class: 'button' }, say('show_in_matrix')))),
    whenSeen(el('div', { class: 'charts' }), () => figureCharts(measure, all, unitTitle)));
}

const unseenYet = new Map();

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) fill(entry.target);
}, { rootMargin: '600px' });

/** A box that is filled when it comes near the window: thousands of bars at once would make the page wait. */
function whenSeen(box, build) {
  unseenYet.set(box, build);
  watcher.observe(box);
  return box;
}

function fill(box) {
  watcher.unobserve(box);
  box.append(...(unseenYet.get(box)?.() ?? []));
  unseenYet.delete(box);
}

window.addEventListener('beforeprint', () => {
  for (const box of unseenYet.keys()) if (box.isConnected) fill(box);
});

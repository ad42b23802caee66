// How the page was made: everything a reader needs to check it or to make it again.

function madeView() {
  const { made, kept } = core;
  const pairs = (entries) => el('dl', { class: 'facts-list' }, entries.map(([key, value]) => [el('dt', {}, key), el('dd', {}, value)]));
  const dropped = Object.values(made.dropped).reduce((a, b) => a + b, 0);
  const reasonsWhy = Object.entries(made.dropped).map(([reason, n]) => `${say(`reason.${reason}`)} ${number(n)}`).join(say('comma'));
  return [
    el('h2', { id: 'view-title', tabindex: -1 }, say('made_title')),
    el('p', { class: 'prose' }, sentences(say('made_by', { version: made.version }), say('reads_as'))),
    el('div', { class: 'made' },
      part('taxonomy', pairs([
        [say('path'), name(made.taxonomy.path)], ['sha256', el('code', {}, made.taxonomy.sha256)], [say('version'), String(made.taxonomy.version)],
      ])),
      part('counts', pairs([
        [say('n_documents_read'), number(made.documents)], [say('n_documents_failed'), number(made.errors.length)],
        [say('characters'), number(made.characters)], [say('n_mentions_counted'), number(made.mentions)],
        [say('n_not_counted'), dropped ? `${number(dropped)}${say('aside', { text: reasonsWhy })}` : '0'],
        [say('n_quotations'), number(kept.shown)], [say('n_texts'), number(kept.texts.length)],
      ])),
      part('left_out', ...leftOut(kept)),
      part('settings', pairs(Object.entries(made.settings).map(([key, value]) => [el('code', {}, key), shownSetting(value)]))),
      part('warnings', listOrNone(made.warnings.map(told))),
      part('errors', listOrNone(made.errors.map(([path, code, message, hint]) => `${path}${say('colon')}${code} ${told(message)}${say('stop')}${told(hint)}`)))),
    el('h3', {}, say('denominators')), regionTable(),
    el('h3', {}, say('documents_list')), documentTable(),
  ];
}

const part = (title, ...content) => el('section', {}, el('h3', {}, say(title)), content);

const shownSetting = (value) => (Array.isArray(value) ? value.join(say('comma')) : String(value));

const listOrNone = (lines) => (lines.length ? el('ul', {}, lines.map((line) => el('li', {}, name(line)))) : el('p', {}, say('no_warnings')));

function leftOut(kept) {
  const missing = documents.length - kept.texts.length;
  const lines = [];
  if (kept.per_cell >= 0) lines.push(say('left_out_quotations', { n: kept.per_cell }));
  if (missing) lines.push(sentences(say('left_out_texts', { n: missing }), say(kept.texts_wanted ? 'no_text_room' : 'no_texts_wanted')));
  return (lines.length ? lines : [say('left_out_nothing')]).map((line) => el('p', {}, line));
}

function regionTable() {
  return longTable(['region', 'documents', 'characters'], regions, (one, at) => [
    link({ view: 'beside', regions: [one.name] }, {}, name(regionName(at)), el('small', {}, ' ', name(one.full))), number(one.documents), number(one.characters),
  ]);
}

function documentTable() {
  return longTable(['document', 'region_of_document', 'date', 'characters'], documents, (one) => [
    link({ view: 'document', document: one.name, at: undefined }, {}, name(one.title || one.name), el('small', {}, ' ', name(one.path))),
    name(placeName(one)), one.date || say('undated'), number(one.characters),
  ]);
}

/** A table that shows its first rows, and the rest when asked. */
function longTable(heads, things, cells, step = 100) {
  const body = el('tbody');
  const more = el('button', { type: 'button', class: 'button', on: { click: () => grow(Infinity) } });
  const grow = (until) => {
    const from = body.childElementCount;
    things.slice(from, until).forEach((one, at) => body.append(el('tr', {}, cells(one, from + at).map((content) => el('td', {}, content)))));
    more.hidden = body.childElementCount >= things.length;
    more.textContent = say('more', { n: things.length - body.childElementCount });
  };
  grow(step);
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say(heads[0]) },
    el('table', { class: 'plain wide' }, el('thead', {}, el('tr', {}, heads.map((key) => el('th', { scope: 'col' }, say(key))))), body), more);
}

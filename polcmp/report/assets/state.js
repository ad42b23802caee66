// What is shown stands in the address behind the #, so that it can be linked to and the back button works.

const VIEWS = ['matrix', 'beside', 'similarity', 'timeline', 'measures', 'made'];

const SINGLE = ['view', 'region', 'measure', 'find', 'text', 'sort', 'turn', 'dense', 'lang', 'document', 'at', 'near'];
const REPEATED = ['regions', 'status', 'measures'];

/** A document's name by what an address calls it: the name, or a path that ends in it; undefined if no or several do. */
function documentCalled(asked) {
  if (asked === undefined || documentNumber.has(asked)) return asked;
  const last = (path) => path.split(/[\\/]/).pop();
  const called = documents.filter((one) => one.path === asked);
  const fitting = called.length ? called : documents.filter((one) => last(one.name) === last(asked));
  return fitting.length === 1 ? fitting[0].name : undefined;
}

/** What an address names that the report does not have: pairs of its kind and its name. */
function astrayIn(asked) {
  const known = {
    view: (one) => [...VIEWS, 'document'].includes(one), document: (one) => documentCalled(one) !== undefined,
    region: (one) => regionNumber.has(one), measure: (one) => measureNumber.has(one),
    regions: (one) => regionNumber.has(one), measures: (one) => measureNumber.has(one),
  };
  return Object.entries(known).flatMap(([key, held]) =>
    asked.getAll(key).filter((one) => !held(one)).map((one) => [key.replace(/s$/, ''), one]));
}

/** The state an address asks for. What it does not name is undefined, or an empty list. */
function stateFrom(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const state = {};
  for (const key of SINGLE) state[key] = asked.get(key) ?? undefined;
  for (const key of REPEATED) state[key] = asked.getAll(key);
  state.astray = astrayIn(asked);
  state.document = documentCalled(state.document);
  if (![...VIEWS, 'document'].includes(state.view)) state.view = 'matrix';
  if (state.view === 'document' && state.document === undefined) state.view = 'matrix';
  if (!regionNumber.has(state.region) || !measureNumber.has(state.measure)) {
    state.region = undefined;
    state.measure = undefined;
  }
  state.regions = state.regions.filter((one) => regionNumber.has(one)).slice(0, 4);
  state.measures = state.measures.filter((one) => measureNumber.has(one));
  state.status = state.status.filter((one) => STATUSES.includes(one) || ZEROS.includes(one));
  return state;
}

/** The address of a state. */
function hashOf(state) {
  const asked = new URLSearchParams();
  for (const key of SINGLE) {
    const usual = (key === 'view' && state.view === 'matrix') || (key === 'lang' && state.lang === core.lang);
    if (state[key] !== undefined && !usual) asked.set(key, state[key]);
  }
  for (const key of REPEATED) for (const one of state[key]) asked.append(key, one);
  return `#${asked}`;
}

let state = stateFrom(location.hash);

/** The address of the present state with some changes. */
const hashWith = (changes) => hashOf({ ...state, ...changes });

/** Change what is shown. `replace` leaves no step for the back button: for typing, not for choosing. */
function go(changes, { replace = false } = {}) {
  const hash = hashWith(changes);
  if (replace) history.replaceState(null, '', hash);
  else if (hash !== location.hash) history.pushState(null, '', hash);
  arrive();
}

function arrive() {
  state = stateFrom(location.hash);
  show();
}

/** A link to another place of the page. */
function link(changes, attributes, ...children) {
  return el('a', { href: hashWith(changes), ...attributes }, ...children);
}

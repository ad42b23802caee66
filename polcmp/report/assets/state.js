// What is shown stands in the address behind the #, so that it can be linked to and the back button works.

const VIEWS = ['matrix', 'beside', 'similarity', 'timeline', 'measures', 'made'];

const SINGLE = ['view', 'region', 'measure', 'find', 'text', 'sort', 'turn', 'dense', 'lang', 'document', 'at', 'near'];
const REPEATED = ['regions', 'status', 'measures'];

/** The state an address asks for. What it does not name is undefined, or an empty list. */
function stateFrom(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const state = {};
  for (const key of SINGLE) state[key] = asked.get(key) ?? undefined;
  for (const key of REPEATED) state[key] = asked.getAll(key);
  if (![...VIEWS, 'document'].includes(state.view)) state.view = 'matrix';
  if (state.view === 'document' && !documentNumber.has(state.document)) state.view = 'matrix';
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

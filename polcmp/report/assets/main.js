// Puts on the screen what the address asks for, and no more of it anew than has changed.

const main = document.getElementById('main');

const BUILDERS = {
  matrix: matrixView, beside: besideView, similarity: alikeView, timeline: timelineView,
  measures: measuresView, made: madeView, document: documentView,
};

const astray = el('p', { class: 'notice', id: 'astray', hidden: true });
document.querySelector('.masthead').append(astray);

let shownMain = '';
let shownPanel = '';
let shownView = '';

/** What a part of the page depends on, as a text that can be compared. */
function dependsOn() {
  const { region, measure, astray: _, ...rest } = state; // the panel's, and the notice's
  const main = state.view === 'matrix' ? `matrix ${state.lang}` : JSON.stringify(rest);
  return { main, panel: JSON.stringify([region, measure, state.lang, state.view === 'document']) };
}

function show() {
  setLanguage(state.lang ?? core.lang);
  document.body.dataset.view = state.view;
  syncLooks();
  syncNav();
  const wanted = dependsOn();
  const panelWas = shownPanel;
  if (wanted.main !== shownMain) buildMain();
  shownMain = wanted.main;
  if (wanted.panel !== shownPanel) showPanel(panelWas !== '');
  shownPanel = wanted.panel;
  if (state.view === 'matrix') updateMatrix();
  if (state.view === 'document') jumpTo();
  tellAstray();
}

/** Say which things the address names that are not in the report. */
function tellAstray() {
  const words = sentences(...state.astray.map(([kind, value]) => say(`astray.${kind}`, { value })));
  if (words && astray.textContent !== words) announce(words);
  astray.replaceChildren(...written(words));
  astray.hidden = !words;
}

/** A view from nothing. The focus stays where it was, if that is still there, or goes to a new view's title. */
function buildMain() {
  const focused = document.activeElement?.id;
  const inside = main.contains(document.activeElement);
  main.replaceChildren(...BUILDERS[state.view]().filter(Boolean));
  const arrived = shownView !== '' && shownView !== state.view;
  shownView = state.view;
  if (arrived) {
    window.scrollTo(0, 0);
    (document.getElementById('view-title') ?? main).focus({ preventScroll: true });
  } else if (inside && focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.drop-down[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  } else if (state.view === 'document') go({ view: undefined, document: undefined, at: undefined });
  else if (state.region !== undefined) closePanel();
});
document.addEventListener('click', (event) => {
  const open = document.querySelector('details.drop-down[open]');
  if (open && !open.contains(event.target)) open.open = false;
});
window.addEventListener('popstate', arrive);
// The address alone does not move the focus past the masthead: the views are behind the same #.
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
  main.scrollIntoView();
});

startLooks();
show();

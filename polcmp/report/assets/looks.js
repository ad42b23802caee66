// Language and light: what the reader chose. The language stands in the address, the light on this machine only.

const THEME = 'polcmp-theme';

/** Some browsers keep nothing for pages opened from a file; then the choice lasts as long as the page. */
function kept(value) {
  try {
    if (value !== undefined) localStorage.setItem(THEME, value);
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll('#choose-theme button')) {
    button.setAttribute('aria-pressed', String(button.dataset.theme === theme));
  }
}

function startLooks() {
  for (const button of document.querySelectorAll('#choose-theme button')) {
    button.addEventListener('click', () => {
      kept(button.dataset.theme);
      setTheme(button.dataset.theme);
    });
  }
  for (const button of document.querySelectorAll('#choose-lang button')) {
    button.addEventListener('click', () => go({ lang: button.dataset.lang }));
  }
  const before = kept();
  setTheme(['light', 'dark'].includes(before) ? before : 'auto');
}

/** Words that stand in the page itself, outside the views. */
function syncLooks() {
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = say(node.dataset.word);
  for (const node of document.querySelectorAll('[data-name]')) node.setAttribute('aria-label', say(node.dataset.name));
  for (const button of document.querySelectorAll('#choose-lang button')) {
    button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
  }
  const names = regions.length > 5 ? regionsCounted() : listed(regions.map((_, at) => regionName(at)));
  const title = core.title || say('title_regions', { regions: names });
  document.getElementById('title').replaceChildren(name(title));
  const counts = [
    regionsCounted(), say('n_measures', { n: measures.length }),
    say('n_documents', { n: core.made.documents }), say('n_mentions', { n: core.made.mentions }),
  ];
  document.getElementById('facts').textContent = counts.join(' · ');
  document.title = `${say(`view.${state.view}`)} – ${title}`;
}

function syncNav() {
  const nav = document.getElementById('views');
  nav.replaceChildren(...VIEWS.map((view) => link(
    { view, region: undefined, measure: undefined, document: undefined, at: undefined },
    { 'aria-current': state.view === view ? 'page' : null, 'data-view': view },
    say(`view.${view}`))));
}

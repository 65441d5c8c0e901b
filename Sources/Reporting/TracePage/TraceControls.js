// What people do with the page.
const byId = (id) => document.getElementById(id);
const panel = byId('panel');

function add(parent, name, text, classes) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (classes) element.className = classes;
  parent.append(element);
  return element;
}

function pair(list, term, text) {
  add(list, 'dt', term);
  add(list, 'dd', text);
}

/** What is known of an event: what it says, when and where, what the process did and what its device shows by then. */
function describe(place) {
  panel.replaceChildren();
  if (place === null) {
    add(panel, 'p', 'Point at an event to see what it says; click or tap it to keep it and to see what caused it.', 'hint');
    return;
  }
  const event = trace.events[place];
  add(panel, 'h2', event.x);
  const list = add(panel, 'dl');
  pair(list, 'at', `${seconds(event.t, 9)} s`);
  pair(list, 'where', trace.processes[event.p].n);
  if (event.s !== undefined) {
    pair(list, 'from', trace.processes[event.s].n);
    pair(list, 'sent', `${seconds(event.d, 9)} s`);
    pair(list, 'under way', span(event.t - event.d));
  }
  if (event.b !== undefined) {
    if (event.b > event.t) pair(list, 'waited', span(event.b - event.t));
    if (event.e > event.b) pair(list, 'handled in', span(event.e - event.b));
  }
  pair(list, 'event', `${event.i + 1} of ${trace.total}`);
  if ((event.n || []).length > 0) {
    const notes = add(panel, 'ul');
    for (const note of event.n) add(notes, 'li', note.x, note.k === 's' ? 'shown' : note.k === 'f' ? 'fault' : '');
  }
  if (trace.processes[event.p].u !== undefined) {
    const shown = [];
    for (let at = 0; at <= place; at += 1) {
      if (trace.events[at].p !== event.p) continue;
      for (const note of trace.events[at].n || []) if (note.k === 's' && note.m !== undefined) shown.push(trace.messages[note.m].n);
    }
    const isPart = trace.events.length < trace.total;
    add(panel, 'h3', isPart ? 'it shows by then, as far as this page tells' : 'it shows by then');
    add(panel, 'p', shown.length > 0 ? shown.join(', ') : 'nothing');
  }
  if (event.c !== undefined) {
    add(panel, 'h3', 'caused by');
    link(event.c);
  }
  if (effects[place].length > 0) {
    add(panel, 'h3', 'led to');
    for (const effect of effects[place].slice(0, 12)) link(effect);
    if (effects[place].length > 12) add(panel, 'p', `and ${effects[place].length - 12} more`, 'hint');
  }
}

function link(place) {
  const event = trace.events[place];
  const button = add(panel, 'button', `${seconds(event.t, 6)} s  ${trace.processes[event.p].n}: ${event.x}`);
  button.type = 'button';
  button.addEventListener('click', () => { select(place, true); view.focus(); });
}

/** Makes an event the one that is looked at; shows more of the run if it is not visible. */
function select(place, isBrought) {
  state.selected = place;
  if (place !== null && !layout.rowOf.has(place)) {
    if (!isPast(trace.events[place])) state.onlyPast = false;
    if (isQuiet(trace.events[place])) state.showsQuiet = true;
    rearrange();
  }
  describe(place);
  if (isBrought && place !== null) bring(place);
  redraw();
}

function bring(place) {
  const row = layout.rows[layout.rowOf.get(place)];
  if (row === undefined) return;
  const y = row.y + headHeight;
  const x = xOf(row.event.p);
  if (y < view.scrollTop + headHeight + 40 || y > view.scrollTop + view.clientHeight - 40) view.scrollTop = y - view.clientHeight / 2;
  // No further than it takes to see what the event says.
  const room = Math.min(view.clientWidth * .6, 280);
  if (x < view.scrollLeft + gutter() + 30) view.scrollLeft = x - gutter() - 60;
  else if (x > view.scrollLeft + view.clientWidth - room) view.scrollLeft = x - view.clientWidth + room;
}

/** Lays out anew what is to be seen, and keeps what is in the middle there. */
function rearrange() {
  const middle = view.scrollTop + view.clientHeight / 2 - headHeight;
  const kept = layout.rows[Math.min(layout.rows.length - 1, firstRow(middle))];
  layout = makeLayout();
  byId('past').checked = state.onlyPast;
  byId('quiet').checked = state.showsQuiet;
  resize();
  if (kept !== undefined) view.scrollTop = heightOfEvent(kept.place, kept.event.t) + headHeight - view.clientHeight / 2;
}

/** Zooms so that what is at a point of the view stays there. */
function zoom(factor, x, y) {
  const before = state.zoom;
  const after = Math.min(4, Math.max(.25, before * factor));
  if (after === before) return;
  const oldWidth = columnWidth();
  const column = (view.scrollLeft + x - gutter()) / oldWidth;
  const height = (view.scrollTop + y - headHeight) / before;
  state.zoom = after;
  layout = makeLayout();
  resize();
  view.scrollLeft = column * columnWidth() + gutter() - x;
  view.scrollTop = height * after + headHeight - y;
}
const zoomMiddle = (factor) => zoom(factor, view.clientWidth / 2, view.clientHeight / 2);

function placeAt(clientY) {
  const y = clientY - view.getBoundingClientRect().top + view.scrollTop - headHeight;
  const after = firstRow(y);
  const near = [layout.rows[after - 1], layout.rows[after]].filter((row) => row && Math.abs(row.y - y) <= 14);
  near.sort((one, other) => Math.abs(one.y - y) - Math.abs(other.y - y));
  return near.length > 0 ? near[0].place : null;
}

function search(query) {
  state.query = query;
  state.hits = find(query);
  const all = state.hits === null ? [] : [...state.hits];
  const visible = all.filter((place) => layout.rowOf.has(place));
  byId('found').textContent = state.hits === null ? '' : `${visible.length}${visible.length < all.length ? ` of ${all.length}` : ''} found`;
  if (visible.length > 0 && !visible.some(isInView)) bring(visible[0]);
  redraw();
}

function isInView(place) {
  const y = layout.rows[layout.rowOf.get(place)].y;
  return y > view.scrollTop && y < view.scrollTop + view.clientHeight - headHeight;
}

/** Goes to the next or the previous of the events that were searched for, else of all. */
function step(direction) {
  const places = layout.rows.map((row) => row.place).filter((place) => state.hits === null || state.hits.has(place));
  if (places.length === 0) return;
  const at = places.findIndex((place) => state.selected !== null && place >= state.selected);
  let next;
  if (state.selected === null) next = direction > 0 ? 0 : places.length - 1;
  else if (at < 0) next = direction > 0 ? 0 : places.length - 1;
  else next = direction > 0 ? (places[at] === state.selected ? at + 1 : at) : at - 1;
  select(places[(next + places.length) % places.length], true);
}

// Pointer: dragging moves, a click selects.
let drag = null;
view.addEventListener('pointerdown', (event) => {
  if (event.pointerType !== 'mouse' || event.button !== 0) return;
  drag = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, isMoved: false };
});
window.addEventListener('pointermove', (event) => {
  if (drag === null) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (Math.abs(dx) + Math.abs(dy) > 4) drag.isMoved = true;
  if (!drag.isMoved) return;
  view.classList.add('dragging');
  view.scrollLeft = drag.left - dx;
  view.scrollTop = drag.top - dy;
});
window.addEventListener('pointerup', () => {
  view.classList.remove('dragging');
  if (drag !== null) setTimeout(() => { drag = null; });
});
view.addEventListener('click', (event) => {
  if (drag !== null && drag.isMoved) return;
  select(placeAt(event.clientY), false);
});
view.addEventListener('mousemove', (event) => {
  const place = placeAt(event.clientY);
  if (place === state.hovered) return;
  state.hovered = place;
  describe(place ?? state.selected);
  redraw();
});
view.addEventListener('mouseleave', () => {
  state.hovered = null;
  describe(state.selected);
  redraw();
});
view.addEventListener('wheel', (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const box = view.getBoundingClientRect();
  zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

// Two fingers.
let pinch = null;
const fingers = (event) => {
  const box = view.getBoundingClientRect();
  const [one, other] = event.touches;
  return {
    distance: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    x: (one.clientX + other.clientX) / 2 - box.left, y: (one.clientY + other.clientY) / 2 - box.top,
  };
};
view.addEventListener('touchstart', (event) => { pinch = event.touches.length === 2 ? fingers(event) : null; }, { passive: true });
view.addEventListener('touchmove', (event) => {
  if (pinch === null || event.touches.length !== 2) return;
  event.preventDefault();
  const now = fingers(event);
  zoom(now.distance / pinch.distance, now.x, now.y);
  pinch = now;
}, { passive: false });

document.addEventListener('keydown', (event) => {
  if (event.target.id === 'search') {
    if (event.key === 'Enter') { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    if (event.key === 'Escape') { event.target.value = ''; search(''); view.focus(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'n') step(1);
  else if (event.key === 'p') step(-1);
  else if (event.key === 'c' && state.selected !== null) { const cause = trace.events[state.selected].c; if (cause !== undefined) select(cause, true); }
  else if (event.key === '+' || event.key === '=') zoomMiddle(1.25);
  else if (event.key === '-') zoomMiddle(.8);
  else if (event.key === '/') { event.preventDefault(); byId('search').focus(); }
  else if (event.key === 'Escape') select(null, false);
});

byId('tools').addEventListener('submit', (event) => event.preventDefault());
byId('search').addEventListener('input', (event) => search(event.target.value));
byId('past').addEventListener('change', (event) => { state.onlyPast = event.target.checked; rearrange(); search(state.query); });
byId('quiet').addEventListener('change', (event) => { state.showsQuiet = event.target.checked; rearrange(); search(state.query); });
byId('smaller').addEventListener('click', () => zoomMiddle(.8));
byId('larger').addEventListener('click', () => zoomMiddle(1.25));
view.addEventListener('scroll', redraw, { passive: true });
new ResizeObserver(resize).observe(view);

document.title = `${trace.name} - Confab`;
byId('title').textContent = trace.name;
byId('about').textContent = trace.about;
byId('reason').textContent = trace.reason;
byId('reason').classList.toggle('violated', trace.isViolated);
byId('extent').textContent = trace.extent;
byId('past').checked = state.onlyPast;
describe(null);
resize();

// A link may carry what to search for: #message
try {
  byId('search').value = decodeURIComponent(location.hash.slice(1));
} catch {
  byId('search').value = '';
}
search(byId('search').value);
// Else the page opens at what it is about.
if (state.hits === null && trace.focus !== undefined) select(trace.focus, true);
draw();
document.documentElement.dataset.drawn = String(layout.rows.length);

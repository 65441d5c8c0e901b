// What the page shows of a run, and where. The names of the keys of the data are in TracePage.swift.
const trace = JSON.parse(document.getElementById('data').textContent);
const isQuiet = (event) => (event.f & 1) !== 0;
const isPast = (event) => (event.f & 2) !== 0;
const isDropped = (event) => (event.f & 4) !== 0;
const effects = trace.events.map(() => []);
trace.events.forEach((event, place) => { if (event.c !== undefined) effects[event.c].push(place); });

const state = {
  onlyPast: trace.opensPast, showsQuiet: false, zoom: 1, selected: null, hovered: null, query: '', hits: null,
};

const seconds = (nanoseconds, decimals) => {
  const whole = Math.floor(nanoseconds / 1e9);
  const rest = String(nanoseconds % 1e9).padStart(9, '0');
  return `${whole}.${rest.slice(0, decimals)}`;
};
const span = (nanoseconds) => nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs`
  : nanoseconds < 1e10 ? `${(nanoseconds / 1e6).toFixed(3)} ms` : `${(nanoseconds / 1e9).toFixed(3)} s`;

/** How many letters of what an event says are drawn; the panel has all of them. */
const lettersMax = 96;

/** Each visible event has a row of its own; where nothing happens for long there is more room, but never much. */
function makeLayout() {
  const rows = [];
  const rowOf = new Map();
  const isUsed = trace.processes.map(() => false);
  let y = 0;
  let last = null;
  trace.events.forEach((event, place) => {
    if (state.onlyPast && !isPast(event)) return;
    if (!state.showsQuiet && isQuiet(event) && place !== trace.focus) return;
    const gap = last === null ? 0 : Math.max(0, event.t - last);
    y += (24 + Math.min(60, 9 * Math.log10(1 + gap / 1e4))) * state.zoom;
    rowOf.set(place, rows.length);
    rows.push({ place, y, gap, event });
    isUsed[event.p] = true;
    if (event.s !== undefined) isUsed[event.s] = true;
    for (const note of event.n || []) if (note.p !== undefined) isUsed[note.p] = true;
    last = event.t;
  });
  const processes = trace.processes.map((_, index) => index).filter((index) => isUsed[index]);
  const columnOf = new Map(processes.map((process, column) => [process, column]));
  // How far each process's labels reach to its right, in letters.
  const lettersOf = processes.map(() => 0);
  for (const { event } of rows) {
    const column = columnOf.get(event.p);
    const letters = event.x.length + (event.n || []).reduce((sum, note) => sum + note.x.length + 3, 0);
    lettersOf[column] = Math.max(lettersOf[column], Math.min(lettersMax, letters));
  }
  return { rows, rowOf, processes, columnOf, lettersOf, height: y + 40 };
}

let layout = makeLayout();

/** The first row that is not above a height. */
function firstRow(y) {
  let low = 0;
  let high = layout.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layout.rows[middle].y < y) low = middle + 1; else high = middle;
  }
  return low;
}

/** How far down a time is: between the rows of what happened before and after it. */
function heightOf(time) {
  const rows = layout.rows;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].event.t <= time) low = middle + 1; else high = middle;
  }
  if (low === 0) return 6;
  const before = rows[low - 1];
  if (low === rows.length) return time > before.event.t ? layout.height : before.y;
  const after = rows[low];
  const share = (time - before.event.t) / Math.max(1, after.event.t - before.event.t);
  return before.y + share * (after.y - before.y);
}

/** The height of an event, or of its time if it is not visible. */
const heightOfEvent = (place, time) => layout.rowOf.has(place) ? layout.rows[layout.rowOf.get(place)].y : heightOf(time);

/** The chain of causes of an event, itself included. */
function causesOf(place) {
  const chain = new Set();
  for (let at = place; at !== undefined && at !== null && !chain.has(at); at = trace.events[at].c) chain.add(at);
  return chain;
}

/** The events that a search is for: the way of a message, what a user's devices do and what is sent by and to the user, else a word. */
function find(query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return null;
  const message = trace.messages.findIndex((each) => each.n.toLowerCase() === wanted);
  const isUser = trace.processes.some((each) => (each.u || '').toLowerCase() === wanted);
  const hits = new Set();
  trace.events.forEach((event, place) => {
    const process = trace.processes[event.p];
    const messages = event.m || [];
    let isHit;
    if (message >= 0) {
      isHit = messages.includes(message);
    } else if (isUser) {
      isHit = (process.u || '').toLowerCase() === wanted || messages.some((index) => {
        const each = trace.messages[index];
        return each.f.toLowerCase() === wanted || each.o.toLowerCase() === wanted;
      });
    } else {
      isHit = [event.x, process.n, ...(event.n || []).map((note) => note.x),
        ...messages.map((index) => trace.messages[index].n)].some((text) => text.toLowerCase().includes(wanted));
    }
    if (isHit) hits.add(place);
  });
  return hits;
}

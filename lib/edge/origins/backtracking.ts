import {
  compileProgram,
  type Program,
  type WrittenRegExp,
} from '../../options/language/program.js';

/**
 * Whether an engine that tries one way after the other may need a time that doubles with each character,
 * as for `(?:[a-z]+-?)+`: there is a loop that can be gone through in two ways over the same text. The
 * application has automata, whose time is that of the text.
 */
export function mayExplode(written: WrittenRegExp): boolean {
  const program = compileProgram(written);
  const graph = followersOf(program);
  if (graph === undefined) return true;
  const { components, members } = componentsOf(graph.map((edges) => [...edges.keys()]));
  const inside = graph.map(
    (edges, from) => new Map([...edges].filter(([to]) => components[to] === components[from])),
  );
  if (inside.some((edges) => [...edges.values()].some((ways) => ways > 1))) return true;
  const isCommon = commonCharacters(program);
  return members.some((loop) => hasTwoWays(loop, inside, isCommon));
}

/** How many ways lead from a character to the next one: one, or more than one. */
type Followers = ReadonlyMap<number, 1 | 2>;

/** More than expressions of people need; whoever needs more, may need any time. */
const MOST_STEPS = 200_000;
const MOST_TURNS = 1000;
const MOST_PAIRS = 250_000;

/** For each instruction that takes a character, those that may be next; undefined: there are too many ways. */
function followersOf({ instructions }: Program): readonly Followers[] | undefined {
  let steps = 0;
  const all: Followers[] = [];
  for (const instruction of instructions) {
    const found = new Map<number, 1 | 2>();
    all.push(found);
    if (instruction.kind !== 'char') continue;
    // Each way takes a turn once: going round without taking a character is given up.
    const taken = new Set<string>();
    const follow = (to: number): void => {
      const next = instructions[to];
      steps += taken.size > MOST_TURNS ? MOST_STEPS : 1;
      if (steps > MOST_STEPS || next === undefined) return;
      if (next.kind === 'char') found.set(to, found.has(to) ? 2 : 1);
      if (next.kind === 'ahead' || next.kind === 'behind') follow(next.next);
      if (next.kind !== 'split') return;
      for (const [position, one] of next.next.entries()) {
        const turn = `${to} ${position}`;
        if (taken.has(turn)) continue;
        taken.add(turn);
        follow(one);
        taken.delete(turn);
      }
    };
    follow(instruction.next);
    if (steps > MOST_STEPS) return undefined;
  }
  return all;
}

/** Whether two instructions take a character in common. */
function commonCharacters({ instructions, sets }: Program): (a: number, b: number) => boolean {
  const common = sets.map((one) =>
    sets.map((other) => Array.from(one).some((character) => other.includes(character))),
  );
  return (a, b) => {
    const [one, other] = [instructions[a], instructions[b]];
    return one?.kind === 'char' && other?.kind === 'char' && common[one.set]?.[other.set] === true;
  };
}

/** Whether from one place of a loop, two ways lead back to it over the same text. */
function hasTwoWays(
  loop: readonly number[],
  inside: readonly Followers[],
  isCommon: (a: number, b: number) => boolean,
): boolean {
  if (loop.length === 1) return false;
  const size = loop.length;
  if (size * size > MOST_PAIRS) return true;
  const places = new Map(loop.map((instruction, place) => [instruction, place]));
  const followers = loop.map((instruction) => [...(inside[instruction]?.keys() ?? [])]);
  const pairs = Array.from({ length: size * size }, (_, pair) => {
    const [one, other] = [followers[Math.floor(pair / size)], followers[pair % size]];
    return (one ?? []).flatMap((a) =>
      (other ?? []).flatMap((b) =>
        isCommon(a, b) ? [(places.get(a) ?? 0) * size + (places.get(b) ?? 0)] : [],
      ),
    );
  });
  const isSame = (pair: number) => Math.floor(pair / size) === pair % size;
  return componentsOf(pairs).members.some(
    (component) => component.some(isSame) && !component.every(isSame),
  );
}

interface Components {
  /** The number of the component of each node. */
  readonly components: readonly number[];
  readonly members: readonly (readonly number[])[];
}

/** The strongly connected components of a graph, without recursion: Tarjan's algorithm. */
function componentsOf(graph: readonly (readonly number[])[]): Components {
  const order = new Map<number, number>();
  const lowest: number[] = [];
  const components: number[] = [];
  const members: number[][] = [];
  const open: number[] = [];
  for (const root of graph.keys()) {
    const calls: { readonly node: number; next: number }[] = [{ node: root, next: 0 }];
    if (order.has(root)) continue;
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node } = call;
      if (call.next === 0) {
        lowest[node] = order.size;
        order.set(node, order.size);
        open.push(node);
      }
      const to = graph[node]?.[call.next];
      call.next += 1;
      if (to !== undefined) {
        if (!order.has(to)) calls.push({ node: to, next: 0 });
        else if (components[to] === undefined) {
          lowest[node] = Math.min(lowest[node] ?? 0, order.get(to) ?? 0);
        }
        continue;
      }
      calls.pop();
      const parent = calls.at(-1)?.node;
      if (parent !== undefined) {
        lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
      }
      if (lowest[node] !== order.get(node)) continue;
      const component = open.splice(open.lastIndexOf(node));
      for (const one of component) components[one] = members.length;
      members.push(component);
    }
  }
  return { components, members };
}

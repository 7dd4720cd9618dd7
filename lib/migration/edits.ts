import { MagicString } from 'magic-string';
import type ts from 'typescript';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Changes to the text of files, kept apart from it until they are rendered. */
export class Edits {
  private readonly byFile = new Map<ts.SourceFile, Edit[]>();

  get files(): readonly ts.SourceFile[] {
    return [...this.byFile.keys()];
  }

  /** Whatever was to change inside is replaced, too. */
  replace(file: ts.SourceFile, start: number, end: number, text: string): void {
    const edits = this.byFile.get(file);
    if (edits === undefined) this.byFile.set(file, [{ start, end, text }]);
    else edits.push({ start, end, text });
  }

  replaceNode(node: ts.Node, text: string): void {
    this.replace(node.getSourceFile(), node.getStart(), node.end, text);
  }

  insert(file: ts.SourceFile, at: number, text: string): void {
    this.replace(file, at, at, text);
  }

  /** Two layers on one line may have the same to say. */
  insertOnce(file: ts.SourceFile, at: number, text: string): void {
    const isThere = this.byFile.get(file)?.some((edit) => edit.start === at && edit.text === text);
    if (isThere !== true) this.insert(file, at, text);
  }

  get count(): number {
    return [...this.byFile.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Takes over what another list has, but for the files that are left out. */
  take(other: Edits, isLeftOut: (file: ts.SourceFile) => boolean): void {
    for (const [file, edits] of other.byFile) {
      if (!isLeftOut(file))
        for (const { start, end, text } of edits) this.replace(file, start, end, text);
    }
  }

  textOf(node: ts.Node): string {
    return this.render(node.getSourceFile(), node.getStart(), node.end);
  }

  /** The text of a range with what changes inside. */
  render(file: ts.SourceFile, start = 0, end = file.text.length): string {
    const inside = (this.byFile.get(file) ?? []).filter(
      (edit) => edit.start >= start && edit.end <= end,
    );
    const text = file.text.slice(start, end);
    if (text === '') return inside.map((edit) => edit.text).join('');
    const code = new MagicString(text);
    for (const edit of outermost(inside)) {
      const [from, to] = [edit.start - start, edit.end - start];
      if (from === to) code.appendLeft(from, edit.text);
      else if (edit.text === '') code.remove(from, to);
      else code.update(from, to, edit.text);
    }
    return code.toString();
  }
}

/** Of edits that lie within each other, the outer one; of equal ones, the last. */
function outermost(edits: readonly Edit[]): readonly Edit[] {
  const covers = (outer: Edit, inner: Edit): boolean =>
    outer.start < outer.end && outer.start <= inner.start && outer.end >= inner.end;
  return edits.filter((edit, index) => {
    const isPoint = edit.start === edit.end;
    return !edits.some((other, at) => {
      if (at === index || !covers(other, edit)) return false;
      // At the edges of what is replaced, insertions stay.
      if (isPoint) return edit.start > other.start && edit.start < other.end;
      return !covers(edit, other) || at > index;
    });
  });
}

"""Brings the pages of docs/ to the site as they stand in the repository, where GitHub shows them as well.

Two things differ there. A page may link to a file outside of docs/: such files become pages below repository/, which are in no navigation, and links lead to
them. And what is indented below an item of a list is indented by four columns, as Python-Markdown wants it.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
BELOW = "repository/"
# Larger files are not made pages.
LARGEST = 100_000
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE_SPAN = re.compile(r"(`+[^`]*`+)")
FENCE = re.compile(r"\s*```")
ITEM = re.compile(r"([-*]|\d+\.) +")
LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".sh": "sh", ".java": "java", ".ts": "ts", ".py": "python"}

# Where a page of the site stands in the repository, and the other way round.
origin = {}
place = {}


def on_files(files, config):
    origin.clear()
    place.clear()
    waiting = []
    for file in files.documentation_pages():
        origin[file.src_uri] = "docs/" + file.src_uri
        waiting.append(file.src_uri)
    pages = {file.src_uri: Path(file.abs_src_path).read_text() for file in files.documentation_pages()}
    while waiting:
        page = waiting.pop()
        for target in targets(page, pages[page]):
            if target.startswith("docs/") or target in place or not (ROOT / target).is_file():
                continue
            uri, text = staged(target)
            place[target] = uri
            if text is None:
                files.append(File.generated(config, uri, abs_src_path=str(ROOT / target)))
                continue
            origin[uri] = target
            pages[uri] = text
            files.append(File.generated(config, uri, content=text))
            if target.endswith(".md"):
                waiting.append(uri)
    return files


def staged(target):
    """Where a file of the repository comes to, and its text if it becomes a page."""
    path = ROOT / target
    # What begins with a dot is left out by MkDocs.
    uri = BELOW + "/".join(part.lstrip(".") for part in target.split("/"))
    if target.endswith(".md"):
        return uri, path.read_text()
    if path.suffix in (".svg", ".png") or path.stat().st_size > LARGEST:
        return uri, None
    language = LANGUAGES.get(path.suffix, "text")
    text = f"---\nsearch: {{exclude: true}}\n---\n# {target}\n\n````{language}\n{path.read_text().rstrip()}\n````\n"
    return uri + ".md", text


def targets(page, text):
    """The files of the repository that a page links to."""
    here = posixpath.dirname(origin[page])
    for part, is_code in parts(text):
        if not is_code:
            for link in LINK.findall(part):
                if not re.match(r"[a-z]+:|#", link):
                    yield posixpath.normpath(posixpath.join(here, link.split("#")[0]))


def parts(text):
    """A page in pieces: what is code, and what is not."""
    fenced = False
    for line in text.split("\n"):
        if FENCE.match(line):
            fenced = not fenced
            yield line + "\n", True
        elif fenced:
            yield line + "\n", True
        else:
            for piece in CODE_SPAN.split(line + "\n"):
                yield piece, piece.startswith("`")


def on_page_markdown(markdown, page, config, files):
    uri = page.file.src_uri
    if uri.startswith(BELOW) and not origin[uri].endswith(".md"):
        return markdown
    return indented("".join(piece if is_code else LINK.sub(lambda link: rewritten(uri, link), piece) for piece, is_code in parts(markdown)))


def rewritten(uri, link):
    address, hash_sign, anchor = link.group(1).partition("#")
    if not address or re.match(r"[a-z]+:", address):
        return link.group(0)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(origin[uri]), address))
    if target.startswith("docs/"):
        there = target[len("docs/") :]
    elif target in place:
        there = place[target]
    elif target + "/README.md" in place:
        there = place[target + "/README.md"]
    else:
        return link.group(0)
    return f"]({posixpath.relpath(there, posixpath.dirname(uri) or '.')}{hash_sign}{anchor})"


def indented(markdown):
    """What belongs to an item of a list stands four columns behind its sign, whatever it is in the file; a list ends the paragraph before it."""
    lines = []
    width = 0
    fenced = False
    paragraph = False
    for line in markdown.split("\n"):
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if not fenced:
            item = ITEM.match(content)
            if indent == 0 and item:
                if paragraph:
                    lines.append("")
                width = len(item.group(0))
                paragraph = False
            elif indent == 0 and content:
                width = 0
                paragraph = True
            elif content:
                paragraph = paragraph or not lines[-1]
            else:
                paragraph = False
        if width and indent >= width:
            line = " " * (indent - width + 4) + content
        if FENCE.match(line):
            fenced = not fenced
        lines.append(line)
    return "\n".join(lines)

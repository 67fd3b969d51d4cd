"""Lists the versions of the site that lie beside each other in a folder: versions.json, which the theme's selector reads, `latest`, and where / leads to.

`latest` is the newest release; where there is none, the newest of what there is. A version with a word in it (0.2.0-rc.1, main) is no release.
"""

import json
import re
import sys
from pathlib import Path

LATEST = "latest"
START = f"""<!doctype html>
<html lang="en">
<title>mail-domain-operator</title>
<meta http-equiv="refresh" content="0; url={LATEST}/">
<a href="{LATEST}/">The newest version of these pages</a>
</html>
"""


def order(version):
    """Numbers as numbers; what is before a release is older than it; names without a number are the oldest."""
    numbers, _, rest = version.partition("-")
    parsed = [int(part) for part in numbers.split(".") if part.isdigit()]
    return parsed, not rest, [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in rest.split(".")]


def write(folder):
    sites = (path for path in folder.iterdir() if (path / "sitemap.xml").is_file() and not path.is_symlink())
    versions = sorted((path.name for path in sites), key=order, reverse=True)
    latest = next((version for version in versions if re.fullmatch(r"\d+(\.\d+)*", version)), versions[0])
    listed = [{"version": version, "title": version, "aliases": [LATEST] if version == latest else []} for version in versions]
    (folder / "versions.json").write_text(json.dumps(listed, indent=2) + "\n")
    link = folder / LATEST
    link.unlink(missing_ok=True)
    link.symlink_to(latest)
    (folder / "index.html").write_text(START)
    print(f"{', '.join(versions)} in {folder}; {LATEST} is {latest}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

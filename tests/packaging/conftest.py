from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# dev.py runs with its own folder on the path; so do its tests.
sys.path.append(str(ROOT / "packaging"))

"""Where the project's own folders and the shared folder beside it are."""

from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
REFERENCE_DIR = PROJECT_DIR / "dbt_project" / "seeds" / "reference"
SAMPLES_DIR = PROJECT_DIR / "data" / "raw" / "samples"
SHARED_DIR = PROJECT_DIR.parent / "shared"

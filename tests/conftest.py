"""What all tests share: where the real models lie, and the shared development data."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")  # read when Prefect is imported, which is before any test
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
os.environ.setdefault("PREFECT_HOME", str(ROOT / ".cache" / "prefect"))
Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder of the path, and no more


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """Return where models are unpacked once for all runs: HIVECAST_MODELS, else .cache/models in the checkout."""
    return Path(os.environ.get("HIVECAST_MODELS") or ROOT / ".cache" / "models")

"""What all tests share: where the real models lie, and the shared development data."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# a busy machine is no failing test
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")  # read when Prefect is imported, which is before any test
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
# tests run in several processes side by side, and each has a server of its own
os.environ.setdefault("PREFECT_HOME", str(ROOT / ".cache" / f"prefect{os.environ.get('PYTEST_XDIST_WORKER', '')}"))
Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder of the path, and no more


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """Return where models are unpacked once for all runs: HIVECAST_MODELS, else .cache/models in the checkout."""
    return Path(os.environ.get("HIVECAST_MODELS") or ROOT / ".cache" / "models")

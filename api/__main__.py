"""`python -m api`: serve the API alone, on the address of the settings."""

import uvicorn

from api.app import create_app
from flows.settings import load_settings


def main() -> None:
    """Serve until told to end. No access log: it would tell who reads which receipt."""
    settings = load_settings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False, server_header=False, log_level="warning")


if __name__ == "__main__":
    main()

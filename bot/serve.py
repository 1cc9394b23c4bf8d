"""Starts the bot: `python -m bot.serve`. Rasa with our channel alone, on loopback.

Not for: training or trying a dialogue by hand; Rasa's own command line does these, and its logging
is not fit for what a child writes.
"""

import argparse
import os
import sys
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.run import configure_app, create_http_input_channels
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import read_endpoint_config
from sanic import Sanic

from bot import log
from bot.answer import prepare
from bot.endpoint import ActionEndpoint
from bot.trackers import TurnTrackers
from bot.words import Words

_HERE = Path(__file__).parent
# A burst of a child's messages, the state and the facts fit many times over.
_MAX_REQUEST_BYTES = 256 * 1024


def main() -> None:
    model = _options().model
    if not os.environ.get("RELAIS_BOT_SECRET"):
        sys.exit("RELAIS_BOT_SECRET is not set: the api and the bot share it.")
    if not model.is_file():
        sys.exit(f"There is no model at {model}. Train one with: make train")
    os.environ.setdefault("RELAIS_ACTIONS_URL", "http://127.0.0.1:5055/webhook")
    app = application(load(model))
    log.set_up(os.environ.get("RELAIS_LOG_LEVEL", "INFO"))
    port = int(os.environ.get("RELAIS_BOT_PORT", "5005"))
    app.run(host="127.0.0.1", port=port, access_log=False)


def load(model: Path) -> Agent:
    """Load a model with our words, our trackers and our way to the actions."""
    endpoint = read_endpoint_config(str(_HERE / "endpoints.yml"), "action_endpoint")
    agent = Agent(
        generator=Words({}),
        tracker_store=TurnTrackers(Domain.empty()),
        action_endpoint=ActionEndpoint(endpoint.url),
    )
    agent.load_model(model)
    return prepare(agent)


def application(agent: Agent) -> Sanic:
    """Give the app that serves this agent: no HTTP API of Rasa's, no cross-origin calls."""
    channels = create_http_input_channels(None, str(_HERE / "credentials.yml"))
    app: Sanic = configure_app(channels, enable_api=False)
    app.config.MOTD = False
    app.config.REQUEST_MAX_SIZE = _MAX_REQUEST_BYTES
    app.ctx.agent = agent

    @app.after_server_stop
    async def hang_up(app: Sanic, *_: object) -> None:
        await app.ctx.agent.action_endpoint.close()

    return app


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve the dialogue on loopback.")
    parser.add_argument("--model", type=Path, default=_HERE / "models" / "relais.tar.gz")
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""Orders, each with what it costs today. The price comes from another service."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

PRICES_URL = os.environ["PRICES_URL"]
last_price = None


def price():
    """The price of now; when it does not come in time, the last one that did."""
    global last_price
    try:
        with urlopen(PRICES_URL, timeout=0.2) as answer:
            last_price = json.load(answer)["price"]
    except OSError:
        if last_price is None:
            raise
    return last_price


class Orders(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves as one packet

    def do_GET(self):
        if self.path == "/health":
            return self.reply(200, {"ok": True})
        try:
            self.reply(200, {"order": 1, "pieces": 3, "total": 3 * price()})
        except OSError as error:
            self.reply(503, {"error": str(error)})

    def reply(self, status, answer):
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # a line for each request helps nobody


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # of 5, Python's default, a burst of requests would lose some


Server(("127.0.0.1", int(os.environ["PORT"])), Orders).serve_forever()

"""The service that orders depend on: one price."""

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Prices(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"price": 42}')

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(os.environ["PORT"])), Prices).serve_forever()

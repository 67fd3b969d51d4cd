"""A Cloudflare simulator for tests. Copy it into a project of your own."""

import json
import subprocess
import urllib.error
import urllib.request


class Simulator:
    """Runs the jar on a free port, without Cloudflare's rate limit; it serves as soon as it is there."""

    token = "simulator-token-that-may-do-everything-00"
    account_id = "0123456789abcdef0123456789abcdef"

    def __init__(self, jar):
        self._java = subprocess.Popen(
            ["java", "-jar", jar, "--port", "0", "--rate-limit", "off"], stdout=subprocess.PIPE, text=True
        )
        first = self._java.stdout.readline()
        if not first.startswith("listening on "):
            self.stop()
            raise RuntimeError(f"the simulator did not start; it ended with exit code {self._java.returncode}")
        self.api_url = first.removeprefix("listening on ").strip()
        self._remembered = None

    def stop(self):
        self._java.terminate()
        self._java.wait()
        self._java.stdout.close()

    def control(self, method, path, body=None):
        """The control plane: the registrar, the owner of an address, another user, bad luck. GET /_simulator lists its calls."""
        url = f"{self.api_url.removesuffix('/client/v4')}/_simulator/{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {url} was answered with {error.code}: {error.read().decode()}") from error
        return json.loads(text) if text else None

    def remember(self):
        """What is there now is what every test begins with."""
        self._remembered = self.control("GET", "state")

    def reset(self):
        """Puts back what was there then; no fault is planted, and no call has come in."""
        self.control("DELETE", "faults")
        self.control("PUT", "state", self._remembered)
        self.control("DELETE", "calls")

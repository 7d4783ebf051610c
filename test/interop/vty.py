# SPDX-License-Identifier: BSD-2-Clause
"""The command line that an Osmocom daemon serves over TCP."""
import re
import socket

PROMPT = re.compile(rb"(?:^|\n)\S+(\([\w-]+\))?[>#] ?$")
TELNET = re.compile(rb"\xff[\xfb-\xfe].", re.S)     # options that the daemon announces
PATIENCE = 30


class Vty:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), PATIENCE)
        self.answer()
        self.command("enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def answer(self):
        """What comes until the next prompt, without it."""
        octets = b""
        while not PROMPT.search(octets):
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("the VTY was closed")
            octets = TELNET.sub(b"", octets + more).replace(b"\r", b"").replace(b"\0", b"")
        return octets.decode(errors="replace").rpartition("\n")[0]

    def command(self, text):
        self.socket.sendall(text.encode() + b"\r\n")
        answer = self.answer()
        first, _, others = answer.partition("\n")
        return others if first.strip() == text else answer

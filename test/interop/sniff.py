# SPDX-License-Identifier: BSD-2-Clause
"""Captures SCTP and the radio's datagrams of one row from the loopback interface, in the classic pcap format."""
import select
import socket
import struct
import threading
import time

ETH_P_IP, SCTP, UDP = 0x0800, 132, 17
LINKTYPE_ETHERNET = 1
BUFFER = 16 << 20
SO_RCVBUFFORCE, SOL_PACKET, PACKET_STATISTICS = 33, 263, 6


class Sniffer:
    def __init__(self, path, net):
        """net: the first three parts of the row's addresses. Needs root."""
        self.prefix = bytes(int(part) for part in net.split("."))
        self.file = open(path, "wb")
        self.file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 1 << 18, LINKTYPE_ETHERNET))
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_IP))
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
        self.socket.bind(("lo", ETH_P_IP))
        self.ends, self.end = socket.socketpair()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            ready = select.select([self.socket, self.ends], [], [])[0]
            if self.socket not in ready:
                break       # asked to end, and everything is read
            # a socket of one protocol sees what arrives, so each packet once
            frame = self.socket.recv(1 << 18)
            if frame[23] in (SCTP, UDP) and frame[26:29] == self.prefix:
                now = time.time()
                self.file.write(struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(frame), len(frame)) + frame)

    def stop(self):
        """Ends the capture; returns how many packets are missing, because they came faster than they could be read."""
        self.end.send(b"x")
        self.thread.join()
        dropped = struct.unpack("II", self.socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
        for each in (self.file, self.socket, self.end, self.ends):
            each.close()
        return dropped

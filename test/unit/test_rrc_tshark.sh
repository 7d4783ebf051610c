#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# test_rrc_tshark.sh: Wireshark decodes random RRC messages, including extended ones, without malformed packets or expert
# errors, and names each. Silent if it does.
dump=${top_builddir:-.}/test/unit/test_rrc_dump
command -v tshark >/dev/null || exit 77
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
names="RRCConnectionRequest RRCConnectionSetup RRCConnectionSetupComplete RRCConnectionReject RRCConnectionRelease
	RRCConnectionReleaseComplete InitialDirectTransfer UplinkDirectTransfer DownlinkDirectTransfer
	SecurityModeCommand SecurityModeComplete SecurityModeFailure
	PhysicalChannelReconfiguration PhysicalChannelReconfigurationComplete PhysicalChannelReconfigurationFailure
	UTRANMobilityInformation UTRANMobilityInformationConfirm UTRANMobilityInformationFailure
	RRCStatus SignallingConnectionRelease SignallingConnectionReleaseIndication"
for option in "" -l; do
	"$dump" $option -p "$work/rrc.pcap" "${IUPLUS_ROUNDS:-100}" || exit 1
	tshark -r "$work/rrc.pcap" -V >"$work/text" 2>"$work/log" || { cat "$work/log"; exit 1; }
	if grep -iE 'malformed|Expert Info \((Error|Warning)' "$work/text"; then
		exit 1
	fi
	tshark -r "$work/rrc.pcap" >"$work/list" 2>>"$work/log"
	for name in $names; do
		grep -q "[ ,]$name\([ (,]\|\$\)" "$work/list" || {
			echo "tshark names no $name"
			exit 1
		}
	done
done

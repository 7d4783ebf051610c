# SPDX-License-Identifier: BSD-2-Clause
# Conformance of M3UA and SCCP (README.md): run only by "make check-conformance", which needs kernel SCTP or user-mode-linux.
ONCE_TESTS += test/conformance/rows.sh
EXTRA_DIST += test/conformance/README.md test/conformance/m3ua.tsv test/conformance/sccp.tsv test/conformance/run.py \
	test/conformance/play.py test/conformance/bench.py test/conformance/notation.py test/conformance/m3ua.py \
	test/conformance/sccp.py test/conformance/check.py test/conformance/rows.sh test/conformance/osmo.py test/conformance/osmo-stp.tsv
CONFORMANCE_FLAGS =
check-conformance: $(bin_PROGRAMS)
	/usr/bin/python3 -B $(top_srcdir)/test/conformance/run.py --programs src $(CONFORMANCE_FLAGS) || test $$? -eq 77
# The rows of M3UA against osmo-stp, where that is installed.
check-conformance-osmo:
	/usr/bin/python3 -B $(top_srcdir)/test/conformance/osmo.py || test $$? -eq 77
.PHONY: check-conformance check-conformance-osmo

# SPDX-License-Identifier: BSD-2-Clause
# Our nodes against Osmocom's daemons (README.md): run only by "make check-interop".
EXTRA_DIST += test/interop/README.md test/interop/run.py test/interop/rows.py test/interop/network.py test/interop/judging.py \
	test/interop/sniff.py test/interop/vty.py test/interop/peers.tsv \
	test/interop/conf/stp.cfg test/interop/conf/stp-rnc-as.cfg test/interop/conf/stp-sgsn-as.cfg \
	test/interop/conf/stp-sgsn-dials.cfg test/interop/conf/stp-osmo-sgsn-as.cfg test/interop/conf/osmo-sgsn.cfg \
	test/interop/conf/osmo-hlr.cfg test/interop/conf/osmo-mgw.cfg test/interop/conf/source-rnc.conf \
	test/interop/conf/target-rnc.conf test/interop/conf/sgsn.conf test/interop/conf/subscribers.conf test/interop/conf/ue.conf
INTEROP_FLAGS =
check-interop: $(bin_PROGRAMS)
	/usr/bin/python3 -B $(top_srcdir)/test/interop/run.py --programs src $(INTEROP_FLAGS) || test $$? -eq 77
.PHONY: check-interop

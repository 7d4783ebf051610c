# SPDX-License-Identifier: BSD-2-Clause
# Benchmarks (test/bench/README.md): built and run only by "make bench". A peer that is not installed is left out.
bench_programs = test/bench/bench_ranap test/bench/bench_rrc test/bench/bench_machines
EXTRA_PROGRAMS += $(bench_programs) test/bench/bench_linear
bench_common = test/bench/bench.c test/bench/bench.h test/bench/bench_iuplus.c
test_bench_bench_ranap_SOURCES = test/bench/bench_ranap.c $(bench_common)
test_bench_bench_ranap_LDADD = libiuplus.la -ldl
test_bench_bench_rrc_SOURCES = test/bench/bench_rrc.c $(bench_common)
test_bench_bench_rrc_LDADD = libiuplus.la -ldl
test_bench_bench_machines_SOURCES = test/bench/bench_machines.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_bench_bench_machines_LDADD = libiuplus_all.la
test_bench_bench_linear_SOURCES = test/bench/bench_linear.c
test_bench_bench_linear_LDADD = libiuplus.la
test/bench/bench_linear.$(OBJEXT): | $(asn1_generated_h)

bench_osmo_packages = libosmo-ranap libasn1c libosmocore
test/bench/bench_osmo.so: test/bench/bench_osmo.c test/bench/bench.h
	$(AM_V_GEN)$(MKDIR_P) test/bench && if pkg-config --exists $(bench_osmo_packages); then \
		$(CC) -std=gnu11 -O2 -fPIC -shared -I$(top_srcdir) \
			$$(pkg-config --cflags $(bench_osmo_packages)) -isystem /usr/include/asn1c \
			$(top_srcdir)/test/bench/bench_osmo.c -o $@ \
			$$(pkg-config --libs $(bench_osmo_packages)); \
	else echo "bench: without libosmo-ranap (libosmo-ranap-dev osmo-libasn1c-dev)"; fi
test/bench/bench_asn1c.so: asn1/gen-rrc.stamp test/bench/bench_asn1c.c test/bench/asn1c_peer.sh
	$(AM_V_GEN)$(MKDIR_P) test/bench && CC='$(CC)' ASN1C='$(ASN1C)' ASN1C_SKELETONS='$(ASN1C_SKELETONS)' \
		$(SHELL) $(top_srcdir)/test/bench/asn1c_peer.sh asn1/gen-rrc.asn1 \
		$(top_srcdir)/test/bench/bench_asn1c.c $@

bench: $(bench_programs) test/bench/bench_linear test/bench/bench_osmo.so test/bench/bench_asn1c.so
	$(SHELL) $(top_srcdir)/test/bench/run.sh $(top_srcdir) .
.PHONY: bench

EXTRA_DIST += test/bench/README.md test/bench/run.sh test/bench/instructions.sh test/bench/asn1c_peer.sh \
	test/bench/bench_osmo.c test/bench/bench_asn1c.c test/bench/pdus-made.tsv test/bench/rrc-random.txt
CLEANFILES += $(EXTRA_PROGRAMS) test/bench/bench_osmo.so test/bench/bench_asn1c.so

if HAVE_CUNIT
check_PROGRAMS += test/unit/test_asn1_alloc
TESTS += test/unit/test_asn1_alloc
endif
test_unit_test_asn1_alloc_SOURCES = test/unit/test_asn1_alloc.c
test_unit_test_asn1_alloc_LDADD = libiuplus.la $(CUNIT_LIBS)

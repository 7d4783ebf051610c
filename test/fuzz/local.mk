# SPDX-License-Identifier: BSD-2-Clause
# Fuzz targets (test/fuzz/README.md), for a build with --enable-sanitize --disable-shared --enable-static.
fuzz_targets = ranap rnsap rrc containers ranap_messages rnsap_messages rrc_messages nas m3ua sccp radio capture configuration machines text explain
FUZZ_ENGINE =
fuzz_libraries = libiuplusnode.la libiuplusnet.la libiuplus_all.la $(CRYPTO_LIBS)

test_fuzz_libfuzz_la_SOURCES = test/fuzz/fuzz.c test/fuzz/fuzz.h test/fuzz/value.c test/fuzz/target_per.c \
	test/fuzz/target_typed.c test/fuzz/target_net.c test/fuzz/target_configuration.c test/fuzz/target_machines.c \
	test/fuzz/target_text.c test/fuzz/seeds.c $(ranap_samples) test/unit/rnsap_samples.c test/unit/rnsap_samples.h
# objects of their own: the samples are part of unit tests too
test_fuzz_libfuzz_la_CPPFLAGS = $(AM_CPPFLAGS)
test_fuzz_smoke_SOURCES = test/fuzz/smoke.c
test_fuzz_smoke_LDADD = test/fuzz/libfuzz.la $(fuzz_libraries)
# failing allocations: by the linker if a sanitizer has the allocator (failing.c)
if SANITIZE
fuzz_failing_flags = -DFAILING_WRAPPED
fuzz_failing_ldflags = -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
endif
test_fuzz_sweep_SOURCES = test/fuzz/sweep.c test/fuzz/failing.c test/fuzz/failing.h
test_fuzz_sweep_CPPFLAGS = $(AM_CPPFLAGS) $(fuzz_failing_flags)
test_fuzz_sweep_LDFLAGS = $(AM_LDFLAGS) $(fuzz_failing_ldflags)
test_fuzz_sweep_LDADD = test/fuzz/libfuzz.la $(fuzz_libraries)
check_PROGRAMS += test/fuzz/memory
TESTS += test/fuzz/memory
test_fuzz_memory_SOURCES = test/fuzz/memory.c test/fuzz/failing.c test/fuzz/failing.h test/fuzz/fuzz.c test/fuzz/fuzz.h
test_fuzz_memory_CPPFLAGS = $(AM_CPPFLAGS) $(fuzz_failing_flags)
test_fuzz_memory_LDFLAGS = $(AM_LDFLAGS) $(fuzz_failing_ldflags)
test_fuzz_memory_LDADD = libiupluspdu.la libiuplusnet.la libiuplus.la $(JANSSON_LIBS) $(CRYPTO_LIBS)
if SANITIZE
check_LTLIBRARIES = test/fuzz/libfuzz.la
check_PROGRAMS += test/fuzz/smoke test/fuzz/sweep
TESTS += test/fuzz/smoke test/fuzz/sweep
else
EXTRA_LTLIBRARIES = test/fuzz/libfuzz.la
EXTRA_PROGRAMS += test/fuzz/smoke test/fuzz/sweep
# ThreadSanitizer cannot be combined with the others: build the codecs again, with it alone.
check_PROGRAMS += test/fuzz/threads
TESTS += test/fuzz/threads
endif
test_fuzz_threads_SOURCES = test/fuzz/threads.c $(libiuplus_la_SOURCES)
test_fuzz_threads_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -O1 -fsanitize=thread
test_fuzz_threads_LDFLAGS = -fsanitize=thread
test_fuzz_threads_LDADD = asn1/libasn1gen.la $(JANSSON_LIBS) $(CRYPTO_LIBS) -lpthread
# for a make of one target, which does not build BUILT_SOURCES first
$(test_fuzz_threads_OBJECTS) $(test_fuzz_libfuzz_la_OBJECTS): | $(asn1_generated_h)

# make fuzz: one program per target, for an engine (FUZZ_ENGINE=-fsanitize=fuzzer) or to replay inputs
fuzz: $(fuzz_targets:%=test/fuzz/fuzz-%)
test/fuzz/fuzz-%: test/fuzz/entry.c test/fuzz/libfuzz.la libiuplusnode.la libiuplusnet.la libiuplus_all.la
	$(AM_V_CC)$(COMPILE) -DFUZZ_TARGET=fuzz_$* $(FUZZ_ENGINE:%=-DFUZZ_ENGINE) -c -o $@.$(OBJEXT) $<
	$(AM_V_CCLD)$(LINK) $@.$(OBJEXT) test/fuzz/libfuzz.la $(fuzz_libraries) $(FUZZ_ENGINE) $(LIBS)
.PHONY: fuzz

EXTRA_DIST += test/fuzz/entry.c test/fuzz/README.md test/fuzz/regress.txt
CLEANFILES += $(fuzz_targets:%=test/fuzz/fuzz-%) $(fuzz_targets:%=test/fuzz/fuzz-%.$(OBJEXT)) $(fuzz_targets:%=fuzz-%.failed) \
	test/fuzz/libfuzz.la

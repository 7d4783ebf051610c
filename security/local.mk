# SPDX-License-Identifier: BSD-2-Clause
# security/: keys, ciphers, AKA, COUNT.
pkginclude_HEADERS += include/iuplus/security.h
libiuplus_la_SOURCES += security/aka.c security/count.c security/f8f9.c security/kasumi.c security/kasumi.h \
	security/kdf.c security/key.c security/milenage.c security/octets.h security/snow3g.c security/snow3g.h \
	security/snow3g_tables.h

noinst_HEADERS += test/unit/seed.h test/unit/vectors.h
if HAVE_CUNIT
check_PROGRAMS += test/unit/test_security test/unit/test_security_keys test/unit/test_security_vectors
TESTS += test/unit/test_security test/unit/test_security_keys test/unit/test_security_vectors
test_unit_test_security_SOURCES = test/unit/test_security.c
test_unit_test_security_LDADD = libiuplus_all.la $(CUNIT_LIBS)
test_unit_test_security_keys_SOURCES = test/unit/test_security_keys.c
test_unit_test_security_keys_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_security_vectors_SOURCES = test/unit/test_security_vectors.c
test_unit_test_security_vectors_LDADD = libiuplus_all.la $(CUNIT_LIBS)
endif

EXTRA_PROGRAMS = test/bench/bench_security
test_bench_bench_security_SOURCES = test/bench/bench_security.c
test_bench_bench_security_LDADD = libiuplus.la

EXTRA_DIST += doc/keys.md test/vectors/hierarchy.txt test/vectors/kasumi.txt test/vectors/kdf.txt test/vectors/milenage.txt \
	test/vectors/snow3g_keystream.txt test/vectors/uea1_f8.txt test/vectors/uea2_f8.txt test/vectors/uia1_f9.txt \
	test/vectors/uia2_f9.txt

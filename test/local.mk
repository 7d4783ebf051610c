# SPDX-License-Identifier: BSD-2-Clause
noinst_HEADERS += test/unit/cunit_main.h
include test/fuzz/local.mk
include $(top_srcdir)/test/bench/local.mk
include $(top_srcdir)/test/official/local.mk

# Judges that are not us: Erlang's asn1 on the modules, and a checker of captures that shares no code with the library.
TESTS += test/oracle/crypto.sh test/oracle/roundtrip.sh test/oracle/tshark.sh test/oracle/captures.sh
EXTRA_DIST += test/oracle/crypto.sh test/oracle/roundtrip.sh test/oracle/tshark.sh test/oracle/captures.sh test/oracle/setup.sh \
	test/oracle/build.sh test/oracle/modules.py test/oracle/oracle test/oracle/oracle.erl test/oracle/roundtrip.py \
	test/oracle/tshark.py test/oracle/umts_crypto.py test/oracle/capture.py test/oracle/check_capture.py

clean-local:
	rm -rf test/oracle/db test/oracle/db.log test/oracle/db.lock test/official/build test/official/db

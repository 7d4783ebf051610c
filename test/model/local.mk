# SPDX-License-Identifier: BSD-2-Clause
# The random scheduler (README.md): built and run only by "make check-model".
EXTRA_PROGRAMS += test/model/model
test_model_model_SOURCES = test/model/main.c test/model/schedule.c test/model/fault.c test/model/foreign.c test/model/world.c \
	test/model/owner.c test/model/timers.c test/model/radio.c test/model/channel.c test/model/peer.c \
	test/model/ledger.c test/model/keys.c test/model/judge.c test/model/rows.c test/model/model.h
EXTRA_DIST += test/model/README.md test/model/mutants.sh
test_model_model_LDADD = libiuplus_all.la
# The observation points, between objects of the library.
test_model_model_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=iuplus_rrc_integrity_protect -Wl,--wrap=proc_handles \
	-Wl,--wrap=rnc_expiry -Wl,--wrap=ue_expiry -Wl,--wrap=cn_link_relocation -Wl,--wrap=cn_link_security \
	-Wl,--wrap=cn_link_iu -Wl,--wrap=cn_link_release -Wl,--wrap=iuplus_nas_decode
MODEL_SCHEDULES = 2000
check-model: test/model/model
	test/model/model --schedules $(MODEL_SCHEDULES) --processes 2
# The faults that it found, put back one at a time.
check-model-mutants: test/model/model
	CC='$(CC)' CPPFLAGS='$(DEFS) $(AM_CPPFLAGS)' CFLAGS='$(AM_CFLAGS) $(CFLAGS)' LDFLAGS='$(test_model_model_LDFLAGS)' \
		LIBS='$(CRYPTO_LIBS) $(JANSSON_LIBS) -lpthread' $(SHELL) $(top_srcdir)/test/model/mutants.sh $(top_srcdir) .
.PHONY: check-model check-model-mutants

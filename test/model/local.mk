# SPDX-License-Identifier: BSD-2-Clause
# The random scheduler (README.md): built and run only by "make check-model".
EXTRA_PROGRAMS += test/model/model
test_model_model_SOURCES = test/model/main.c test/model/schedule.c test/model/fault.c test/model/foreign.c test/model/world.c \
	test/model/owner.c test/model/timers.c test/model/radio.c test/model/channel.c test/model/peer.c \
	test/model/ledger.c test/model/keys.c test/model/judge.c test/model/rows.c test/model/model.h
EXTRA_DIST += test/model/README.md
test_model_model_LDADD = libiuplus_all.la
# The observation points, between objects of the library.
test_model_model_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=iuplus_rrc_integrity_protect -Wl,--wrap=proc_handles \
	-Wl,--wrap=rnc_expiry -Wl,--wrap=ue_expiry -Wl,--wrap=cn_link_relocation -Wl,--wrap=cn_link_security \
	-Wl,--wrap=cn_link_iu -Wl,--wrap=cn_link_release -Wl,--wrap=iuplus_nas_decode
MODEL_SCHEDULES = 2000
check-model: test/model/model
	test/model/model --schedules $(MODEL_SCHEDULES) --processes 2
.PHONY: check-model

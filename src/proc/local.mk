# SPDX-License-Identifier: BSD-2-Clause
# The procedures as pure state machines: the RNC and the UE's RRC here, the core and the UE's NAS in cn.mk.
pkginclude_HEADERS += include/iuplus/rnc.h include/iuplus/ue.h
libiuplus_la_SOURCES += src/proc/act.c src/proc/ran.c \
	src/proc/rnc_act.c src/proc/rnc_release.c src/proc/rnc_connection.c src/proc/rnc_security_mode.c \
	src/proc/rnc_relocation_source.c src/proc/rnc_relocation_target.c src/proc/rnc_table.c src/proc/rnc.c \
	src/proc/rnc_node.c \
	src/proc/ue_act.c src/proc/ue_rrc_connection.c src/proc/ue_rrc_security_mode.c \
	src/proc/ue_rrc_reconfiguration.c src/proc/ue_table.c src/proc/ue_rrc.c \
	src/proc/act.h src/proc/ran.h src/proc/rnc_ue.h src/proc/ue_rrc.h
include src/proc/cn.mk

noinst_HEADERS += test/unit/proc_ran_world.h test/unit/proc_walk.h
if HAVE_CUNIT
check_PROGRAMS += test/unit/test_proc_ran test/unit/test_proc_ran_fault test/unit/test_proc_ran_table test/unit/test_proc_ran_keys
TESTS += test/unit/test_proc_ran test/unit/test_proc_ran_fault test/unit/test_proc_ran_table test/unit/test_proc_ran_keys
test_unit_test_proc_ran_keys_SOURCES = test/unit/test_proc_ran_keys.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_keys_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_SOURCES = test/unit/test_proc_ran.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_fault_SOURCES = test/unit/test_proc_ran_fault.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_fault_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_table_SOURCES = test/unit/test_proc_ran_table.c test/unit/proc_walk.c \
	test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_table_LDADD = libiuplus_all.la $(CUNIT_LIBS)

# Attacks that the procedures do not withstand yet: one test per case, expected to fail. A case that is mended leaves
# XFAIL_TESTS.
keys_replay = test/unit/keys_replay-command test/unit/keys_replay-nas test/unit/keys_replay-keystream \
	test/unit/keys_replay-bidding test/unit/keys_replay-unanswered
check_PROGRAMS += test/unit/test_proc_keys_replay
check_SCRIPTS += $(keys_replay)
TESTS += $(keys_replay)
XFAIL_TESTS += test/unit/keys_replay-command test/unit/keys_replay-nas test/unit/keys_replay-keystream \
	test/unit/keys_replay-bidding test/unit/keys_replay-unanswered
CLEANFILES += $(keys_replay)
test_unit_test_proc_keys_replay_SOURCES = test/unit/test_proc_keys_replay.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_keys_replay_LDADD = libiuplus.la $(CUNIT_LIBS)
$(keys_replay): test/unit/test_proc_keys_replay$(EXEEXT)
	$(AM_V_GEN)printf '#!/bin/sh\nexec "$${0%%/*}/test_proc_keys_replay" "$${0##*-}"\n' > $@ && chmod +x $@
endif

EXTRA_DIST += doc/procedures.md

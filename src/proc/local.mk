# SPDX-License-Identifier: BSD-2-Clause
# The procedures as pure state machines: RNC, RRC of the UE, core network, NAS of the UE.
pkginclude_HEADERS += include/iuplus/rnc.h include/iuplus/ue.h
libiuplus_la_SOURCES += src/proc/act.c src/proc/ran.c \
	src/proc/rnc_act.c src/proc/rnc_release.c src/proc/rnc_connection.c src/proc/rnc_security_mode.c \
	src/proc/rnc_relocation_source.c src/proc/rnc_relocation_target.c src/proc/rnc_table.c src/proc/rnc.c \
	src/proc/rnc_keys.c src/proc/rnc_node.c src/proc/rnc_overload.c \
	src/proc/ue_act.c src/proc/ue_keys.c src/proc/ue_rrc_connection.c src/proc/ue_rrc_security_mode.c \
	src/proc/ue_rrc_reconfiguration.c src/proc/ue_table.c src/proc/ue_rrc.c \
	src/proc/act.h src/proc/ran.h src/proc/rnc_ue.h src/proc/ue_rrc.h
pkginclude_HEADERS += include/iuplus/cn.h include/iuplus/cn_link.h include/iuplus/cn_peer.h include/iuplus/hlr.h include/iuplus/ue_nas.h
libiuplus_la_SOURCES += src/proc/hlr.c src/proc/cn_names.c src/proc/cn_subscriber.c src/proc/cn_ue.h src/proc/cn_ue.c src/proc/cn.c \
	src/proc/cn_link.h src/proc/cn_link_act.c src/proc/cn_link_release.c src/proc/cn_link_keys.c src/proc/cn_link_security.c \
	src/proc/cn_link_relocation.c src/proc/cn_link_relocation_keys.c src/proc/cn_peer.c src/proc/cn_link.c \
	src/proc/cn_gmm.h src/proc/cn_gmm_act.c src/proc/cn_gmm_release.c src/proc/cn_gmm_security.c src/proc/cn_gmm_enhance.c \
	src/proc/cn_gmm_aka.c src/proc/cn_gmm_identity.c src/proc/cn_gmm_ptmsi.c src/proc/cn_gmm_attach.c \
	src/proc/cn_gmm_detach.c src/proc/cn_gmm.c \
	src/proc/ue_nas.c src/proc/ue_nas_act.c src/proc/ue_nas_aka.c src/proc/ue_nas_identity.c src/proc/ue_nas_int.h

noinst_HEADERS += test/unit/proc_ran_world.h test/unit/proc_walk.h
if HAVE_CUNIT
ran_tests = test/unit/test_proc_ran test/unit/test_proc_ran_fault test/unit/test_proc_ran_table \
	test/unit/test_proc_ran_keys test/unit/test_proc_ran_clauses test/unit/test_proc_rnc_node \
	test/unit/test_proc_rnc_keys
check_PROGRAMS += $(ran_tests)
TESTS += $(ran_tests)
test_unit_test_proc_rnc_keys_SOURCES = test/unit/test_proc_rnc_keys.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_rnc_keys_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_rnc_node_SOURCES = test/unit/test_proc_rnc_node.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_rnc_node_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_clauses_SOURCES = test/unit/test_proc_ran_clauses.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_clauses_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_keys_SOURCES = test/unit/test_proc_ran_keys.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_keys_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_SOURCES = test/unit/test_proc_ran.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_ran_fault_SOURCES = test/unit/test_proc_ran_fault.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_fault_LDADD = libiuplus.la $(CUNIT_LIBS)
check_PROGRAMS += test/unit/test_proc_ue test/unit/test_proc_ue_keys
TESTS += test/unit/test_proc_ue test/unit/test_proc_ue_keys
test_unit_test_proc_ue_keys_SOURCES = test/unit/test_proc_ue_keys.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ue_keys_LDADD = libiuplus_all.la $(CUNIT_LIBS)
test_unit_test_proc_ue_SOURCES = test/unit/test_proc_ue.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ue_LDADD = libiuplus_all.la $(CUNIT_LIBS)
test_unit_test_proc_ran_table_SOURCES = test/unit/test_proc_ran_table.c test/unit/proc_walk.c \
	test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_ran_table_LDADD = libiuplus_all.la $(CUNIT_LIBS)

# Attacks on keys and COUNTs: one test per case.
keys_replay = test/unit/keys_replay-command test/unit/keys_replay-nas test/unit/keys_replay-keystream \
	test/unit/keys_replay-response test/unit/keys_replay-bidding test/unit/keys_replay-unanswered
check_PROGRAMS += test/unit/test_proc_keys_replay
check_SCRIPTS += $(keys_replay)
TESTS += $(keys_replay)
CLEANFILES += $(keys_replay)
test_unit_test_proc_keys_replay_SOURCES = test/unit/test_proc_keys_replay.c test/unit/proc_ran_core.c test/unit/proc_ran_world.c
test_unit_test_proc_keys_replay_LDADD = libiuplus.la $(CUNIT_LIBS)
$(keys_replay): test/unit/test_proc_keys_replay$(EXEEXT)
	$(AM_V_GEN)printf '#!/bin/sh\nexec "$${0%%/*}/test_proc_keys_replay" "$${0##*-}"\n' > $@ && chmod +x $@
endif

# The core and the UE's NAS.
cn_tests = test/unit/test_proc_cn test/unit/test_proc_cn_relocation test/unit/test_proc_cn_reset \
	test/unit/test_proc_cn_walk test/unit/test_nas_ue
check_PROGRAMS += $(cn_tests)
TESTS += $(cn_tests)
test_unit_test_proc_cn_SOURCES = test/unit/test_proc_cn.c test/unit/cn_world.h
test_unit_test_proc_cn_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_cn_relocation_SOURCES = test/unit/test_proc_cn_relocation.c test/unit/cn_world.h
test_unit_test_proc_cn_relocation_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_cn_reset_SOURCES = test/unit/test_proc_cn_reset.c test/unit/cn_world.h
test_unit_test_proc_cn_reset_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_proc_cn_walk_SOURCES = test/unit/test_proc_cn_walk.c test/unit/cn_world.h test/unit/proc_walk.c
test_unit_test_proc_cn_walk_LDADD = libiuplus_all.la $(CUNIT_LIBS)
test_unit_test_nas_ue_SOURCES = test/unit/test_nas_ue.c test/unit/proc_walk.c
test_unit_test_nas_ue_LDADD = libiuplus_all.la $(CUNIT_LIBS)

EXTRA_DIST += doc/procedures.md doc/core.md

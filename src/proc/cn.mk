# SPDX-License-Identifier: BSD-2-Clause
# The core network and UE NAS machines.
EXTRA_DIST += doc/core.md
pkginclude_HEADERS += include/iuplus/cn.h include/iuplus/cn_link.h include/iuplus/hlr.h include/iuplus/ue_nas.h
libiuplus_la_SOURCES += src/proc/hlr.c src/proc/cn_names.c src/proc/cn_subscriber.c src/proc/cn_ue.h src/proc/cn_ue.c src/proc/cn.c \
	src/proc/cn_link.h src/proc/cn_link_act.c src/proc/cn_link_release.c src/proc/cn_link_security.c \
	src/proc/cn_link_relocation.c src/proc/cn_link_reset.c src/proc/cn_link.c \
	src/proc/cn_gmm.h src/proc/cn_gmm_act.c src/proc/cn_gmm_release.c src/proc/cn_gmm_security.c \
	src/proc/cn_gmm_aka.c src/proc/cn_gmm_identity.c src/proc/cn_gmm_ptmsi.c src/proc/cn_gmm_attach.c \
	src/proc/cn_gmm_detach.c src/proc/cn_gmm.c \
	src/proc/ue_nas.c src/proc/ue_nas_act.c src/proc/ue_nas_aka.c src/proc/ue_nas_int.h
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
test_unit_test_proc_cn_walk_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_nas_ue_SOURCES = test/unit/test_nas_ue.c
test_unit_test_nas_ue_LDADD = libiuplus.la $(CUNIT_LIBS)
